using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// CPUs that XDP programs redirect packets to with <c>bpf_redirect_map</c>, to be processed there by the network stack
/// (BPF_MAP_TYPE_CPUMAP, Linux 4.15).
/// </summary>
/// <remarks>
/// The index is the number of the CPU; without a declared capacity, there is a slot for each possible CPU. Setting a slot starts a kernel
/// thread on its CPU. A map that was created with <c>value_size</c> 4 (all before Linux 5.9) cannot hold programs.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfCpuMap : BpfSlotArray<BpfCpuMapValue>
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.CpuMap];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys are not 4-byte indices.</exception>
    protected BpfCpuMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Sets the target of packets that are redirected to a CPU (BPF_MAP_UPDATE_ELEM, Linux 4.15; programs Linux 5.9).</summary>
    /// <param name="cpu">The number of the CPU, 0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="queueSize">The maximum number of packets that wait for the CPU, 1 to 16,384; more packets are dropped.</param>
    /// <param name="program">
    /// A descriptor of a program that is run on the packets, loaded with the expected attach type BPF_XDP_CPUMAP. The caller keeps it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The map has no slot for the CPU, or the queue size is not positive.</exception>
    /// <exception cref="InvalidOperationException">A program was given, but the map was created without space for one.</exception>
    /// <exception cref="BpfException">
    /// The CPU is not possible (ENODEV), the queue is too large (EOVERFLOW), or the program has another attach type (ENOMEM).
    /// </exception>
    public void Set(int cpu, int queueSize, SafeHandle? program = null)
    {
        ReadOnlySpan<byte> key = KeyOf(in cpu);
        // For the kernel, 0 empties the slot.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(queueSize);
        using NumberWithProgram value = new(Raw, queueSize, program, stackalloc byte[NumberWithProgram.Size]);
        Raw.Update(key, value.Bytes);
    }

    /// <summary>Gets the target of packets that are redirected to a CPU (BPF_MAP_LOOKUP_ELEM, Linux 4.15).</summary>
    /// <param name="cpu">The number of the CPU, 0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="value">The queue size and the program; <see langword="default"/> if nothing is set.</param>
    /// <returns><see langword="false"/> if nothing is set for the CPU.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The map has no slot for the CPU.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetValue(int cpu, out BpfCpuMapValue value) => TryRead(cpu, out value);

    /// <summary>
    /// Ends the redirection to a CPU; waiting packets are still processed (BPF_MAP_DELETE_ELEM, Linux 4.15). The kernel does not report
    /// whether anything was set.
    /// </summary>
    /// <param name="cpu">The number of the CPU, 0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The map has no slot for the CPU.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Remove(int cpu) => Empty(cpu);
}
