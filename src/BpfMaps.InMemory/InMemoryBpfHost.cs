using BpfMaps.InMemory;

namespace BpfMaps;

/// <summary>Keeps maps in this process, with the kernel's semantics: the same results and the same errors, on any system and without rights.</summary>
/// <remarks>
/// <para>Pass it as <c>host</c> to whatever creates or opens maps. Each object is a world of its own, with its own ids and pins; a map goes when
/// its last descriptor, pin, mapping or outer map goes, as in the kernel. It may be used from any thread and needs no disposal.</para>
/// <para>Pins are paths below <see cref="PinRoot"/>, in a file system that exists in this object only. Its directories need not be made.</para>
/// </remarks>
public sealed partial class InMemoryBpfHost : BpfHost
{
    private const int DefaultCpuCount = 4;

    /// <summary>What Linux is built for at most (NR_CPUS on x86-64).</summary>
    private const int MostCpus = 8192;

    private readonly int[] _possibleCpus;
    private readonly HostTables _tables = new();

    // The place of the current CPU among the possible ones.
    private volatile int _currentSlot;

    /// <summary>Makes an empty host of a machine with the CPUs 0 to 3.</summary>
    public InMemoryBpfHost()
        : this(DefaultCpuCount)
    {
    }

    /// <summary>Makes an empty host of a machine with the CPUs 0 to <paramref name="possibleCpuCount"/> - 1.</summary>
    /// <param name="possibleCpuCount">How many CPUs are possible; 1 to 8192.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer or more.</exception>
    public InMemoryBpfHost(int possibleCpuCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(possibleCpuCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(possibleCpuCount, MostCpus);
        _possibleCpus = [.. Enumerable.Range(0, possibleCpuCount)];
    }

    /// <summary>Makes an empty host of a machine with certain CPUs.</summary>
    /// <param name="possibleCpus">The numbers of the possible CPUs, ascending; there may be holes.</param>
    /// <exception cref="ArgumentException">There is none, there are more than 8192, one is negative, or they do not ascend.</exception>
    public InMemoryBpfHost(ReadOnlySpan<int> possibleCpus)
    {
        if (possibleCpus.Length is 0 or > MostCpus)
            throw new ArgumentException($"A machine has 1 to {MostCpus} CPUs, not {possibleCpus.Length}.", nameof(possibleCpus));
        for (int index = 0; index < possibleCpus.Length; index++)
        {
            int cpu = possibleCpus[index];
            if (cpu < 0 || (index > 0 && cpu <= possibleCpus[index - 1]))
                throw new ArgumentException($"CPU numbers are not negative and ascend; number {index} of them is {cpu}{(index > 0 ? $" after {possibleCpus[index - 1]}" : "")}.", nameof(possibleCpus));
        }

        _possibleCpus = possibleCpus.ToArray();
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> PossibleCpus => _possibleCpus;

    /// <summary>The CPU that user space runs on, which matters to LRU maps with a list per CPU. The first possible one if not set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The CPU is not possible.</exception>
    public int CurrentCpu
    {
        get => _possibleCpus[_currentSlot];
        set => _currentSlot = SlotOf(value, nameof(value));
    }

    /// <summary>The directory that pins are below, /sys/fs/bpf if not set. A pin elsewhere is refused with EPERM, as outside of a BPF file system.</summary>
    public string PinRoot
    {
        get => _tables.Pins.Root;
        init => _tables.Pins.Root = value;
    }

    /// <summary>The kernel's side: what a BPF program does to the maps of this host.</summary>
    /// <param name="cpu">The CPU that it runs on; <see langword="null"/> for <see cref="CurrentCpu"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The CPU is not possible.</exception>
    public InMemoryProgram AsProgram(int? cpu = null)
    {
        int slot = cpu is { } number ? SlotOf(number, nameof(cpu)) : _currentSlot;
        return new InMemoryProgram(_tables, _possibleCpus[slot], slot);
    }

    /// <summary>Whether this host has this kind of map.</summary>
    /// <param name="type">The kind.</param>
    public override bool SupportsMapType(BpfMapType type) => MapKinds.Has(type);

    /// <summary>The place of a CPU among the possible ones.</summary>
    private int SlotOf(int cpu, string parameter) => Array.BinarySearch(_possibleCpus, cpu) is var slot and >= 0
        ? slot
        : throw new ArgumentOutOfRangeException(parameter, cpu, $"CPU {cpu} is not possible; these are: {string.Join(", ", _possibleCpus)}.");
}
