using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>CPUs that XDP programs redirect packets to with <c>bpf_redirect_map</c>, where the rest of the network stack goes on with them (BPF_MAP_TYPE_CPUMAP, Linux 4.15).</summary>
/// <remarks>
/// A slot has its CPU's number; a map that declares no capacity gets one for each possible CPU. Filling a slot starts a kernel thread on that CPU. A map that
/// was created with <c>value_size</c> 4 (all before Linux 5.9) has no room for programs. Creating one needs CAP_NET_ADMIN.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfCpuMap : BpfSlotArray<BpfCpuMapValue>
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.CpuMap];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The keys are no indices of 4 bytes.</exception>
    protected BpfCpuMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Lets packets be redirected to a CPU, in place of what was set for it (BPF_MAP_UPDATE_ELEM, Linux 4.15; programs Linux 5.9).</summary>
    /// <param name="cpu">The CPU's number: 0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="queueSize">How many packets wait for the CPU at most, 1 to 16,384; those that find no room are dropped.</param>
    /// <param name="program">A descriptor of a program for packets that arrive there, loaded with the expected attach type BPF_XDP_CPUMAP; it stays the caller's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The map has no slot for the CPU, or the queue's length is not positive.</exception>
    /// <exception cref="InvalidOperationException">A program was given, and the map was created without room for one.</exception>
    /// <exception cref="BpfException">The CPU is not possible (ENODEV), the queue too long (EOVERFLOW), or the program another one (ENOMEM).</exception>
    public void Set(int cpu, int queueSize, SafeHandle? program = null)
    {
        ReadOnlySpan<byte> key = KeyOf(in cpu);
        // The kernel takes 0 as the wish to empty the slot.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(queueSize);
        using NumberWithProgram value = new(Raw, queueSize, program, stackalloc byte[NumberWithProgram.Size]);
        Raw.Update(key, value.Bytes);
    }

    /// <summary>Tells what is set for a CPU (BPF_MAP_LOOKUP_ELEM, Linux 4.15).</summary>
    /// <param name="cpu">The CPU's number: 0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="value">The length of its queue and its program; <see langword="default"/> if nothing is set.</param>
    /// <returns><see langword="false"/> if no packets can be redirected to the CPU.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The map has no slot for the CPU.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGetValue(int cpu, out BpfCpuMapValue value) => TryRead(cpu, out value);

    /// <summary>Ends the redirection to a CPU; what waits for it is still passed on (BPF_MAP_DELETE_ELEM, Linux 4.15). The kernel does not tell whether anything was set.</summary>
    /// <param name="cpu">The CPU's number: 0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The map has no slot for the CPU.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Remove(int cpu) => Empty(cpu);
}
