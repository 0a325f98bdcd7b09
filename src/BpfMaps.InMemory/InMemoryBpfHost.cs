using BpfMaps.InMemory;

namespace BpfMaps;

/// <summary>
/// A host that keeps maps in this process with the kernel's semantics: same results, same errors, on any operating system and without
/// privileges.
/// </summary>
/// <remarks>
/// <para>Pass an instance as <c>host</c> to methods that create or open maps. Each instance is isolated and has its own ids and pins. A map
/// is removed when its last descriptor, pin, mapping and outer map are gone, as in the kernel. Instances are thread-safe and need no
/// disposal.</para>
/// <para>Pins are paths below <see cref="PinRoot"/>, in a file system that exists only in this instance. Its directories need not be
/// created.</para>
/// </remarks>
public sealed partial class InMemoryBpfHost : BpfHost
{
    private const int DefaultCpuCount = 4;

    /// <summary>The largest number of CPUs that Linux supports (NR_CPUS on x86-64).</summary>
    private const int MaxCpuCount = 8192;

    private readonly int[] _possibleCpus;
    private readonly HostTables _tables = new();

    // The index of the current CPU among the possible CPUs.
    private volatile int _currentSlot;

    /// <summary>Creates an empty host with the CPUs 0 to 3.</summary>
    public InMemoryBpfHost()
        : this(DefaultCpuCount) { }

    /// <summary>Creates an empty host with the CPUs 0 to <paramref name="possibleCpuCount"/> - 1.</summary>
    /// <param name="possibleCpuCount">The number of possible CPUs, 1 to 8192.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="possibleCpuCount"/> is less than 1 or greater than 8192.</exception>
    public InMemoryBpfHost(int possibleCpuCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(possibleCpuCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(possibleCpuCount, MaxCpuCount);
        _possibleCpus = [.. Enumerable.Range(0, possibleCpuCount)];
    }

    /// <summary>Creates an empty host with the given CPUs.</summary>
    /// <param name="possibleCpus">The numbers of the possible CPUs in ascending order; gaps are allowed.</param>
    /// <exception cref="ArgumentException">There are no CPUs or more than 8192, a number is negative, or the numbers are not in ascending
    /// order.</exception>
    public InMemoryBpfHost(ReadOnlySpan<int> possibleCpus)
    {
        if (possibleCpus.Length is 0 or > MaxCpuCount)
            throw new ArgumentException($"A host has 1 to {MaxCpuCount} CPUs, but {possibleCpus.Length} were given.", nameof(possibleCpus));
        for (int index = 0; index < possibleCpus.Length; index++)
        {
            int cpu = possibleCpus[index];
            if (cpu < 0 || (index > 0 && cpu <= possibleCpus[index - 1]))
                throw new ArgumentException(
                    "CPU numbers must be non-negative and in ascending order, "
                        + $"but item {index} is {cpu}{(index > 0 ? $" after {possibleCpus[index - 1]}" : "")}.",
                    nameof(possibleCpus)
                );
        }

        _possibleCpus = possibleCpus.ToArray();
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> PossibleCpus => _possibleCpus;

    /// <summary>
    /// Gets or sets the CPU that user space runs on. It matters for LRU maps with a list per CPU. The default is the first possible CPU.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The CPU is not possible.</exception>
    public int CurrentCpu
    {
        get => _possibleCpus[_currentSlot];
        set => _currentSlot = SlotOf(value, nameof(value));
    }

    /// <summary>
    /// Gets or sets the root directory of pins, /sys/fs/bpf by default. Pinning elsewhere fails with EPERM, as it does outside a BPF file
    /// system.
    /// </summary>
    public string PinRoot
    {
        get => _tables.Pins.Root;
        init => _tables.Pins.Root = value;
    }

    /// <summary>Returns the kernel's side of this host: a BPF program that operates on its maps.</summary>
    /// <param name="cpu">The CPU that the program runs on; <see langword="null"/> for <see cref="CurrentCpu"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The CPU is not possible.</exception>
    public InMemoryProgram AsProgram(int? cpu = null)
    {
        int slot = cpu is { } number ? SlotOf(number, nameof(cpu)) : _currentSlot;
        return new InMemoryProgram(_tables, _possibleCpus[slot], slot);
    }

    /// <summary>Returns whether this host supports a map type.</summary>
    /// <param name="type">The map type.</param>
    public override bool SupportsMapType(BpfMapType type) => SupportedMapTypes.Has(type);

    /// <summary>Gets the index of a CPU among the possible CPUs.</summary>
    private int SlotOf(int cpu, string parameter) =>
        Array.BinarySearch(_possibleCpus, cpu) is var slot and >= 0
            ? slot
            : throw new ArgumentOutOfRangeException(
                parameter,
                cpu,
                $"CPU {cpu} is not possible; the possible CPUs are {string.Join(", ", _possibleCpus)}."
            );
}
