using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>An array of network interfaces that XDP programs redirect packets to with <c>bpf_redirect_map</c> (BPF_MAP_TYPE_DEVMAP, Linux 4.14).</summary>
/// <remarks>
/// The interfaces are those of the network namespace of the process that writes. The kernel empties the slots of an interface that goes away. A map that
/// was created with <c>value_size</c> 4 (all before Linux 5.8) has no room for programs. Creating one needs CAP_NET_ADMIN.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfDevMap : BpfSlotArray<BpfDevMapValue>
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.DevMap];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The keys are no indices of 4 bytes.</exception>
    protected BpfDevMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Puts an interface into a slot, in place of what is there (BPF_MAP_UPDATE_ELEM, Linux 4.14; programs Linux 5.8).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="interfaceIndex">The interface's index, as <c>ip link</c> shows it.</param>
    /// <param name="egressProgram">A descriptor of a program for packets on their way out, loaded with the expected attach type BPF_XDP_DEVMAP; it stays the caller's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot, or the interface's index is not positive.</exception>
    /// <exception cref="InvalidOperationException">A program was given, and the map was created without room for one.</exception>
    /// <exception cref="BpfException">There is no such interface, or the program is another one (EINVAL).</exception>
    public void Set(int index, int interfaceIndex, SafeHandle? egressProgram = null)
    {
        ReadOnlySpan<byte> key = KeyOf(in index);
        // The kernel takes 0 as the wish to empty the slot.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        using NumberWithProgram value = new(Raw, interfaceIndex, egressProgram, stackalloc byte[NumberWithProgram.Size]);
        Raw.Update(key, value.Bytes);
    }

    /// <summary>Tells what is in a slot (BPF_MAP_LOOKUP_ELEM, Linux 4.14).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="value">The interface and its program; <see langword="default"/> if the slot is empty.</param>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGetValue(int index, out BpfDevMapValue value) => TryRead(index, out value);

    /// <summary>Empties a slot (BPF_MAP_DELETE_ELEM, Linux 4.14). The kernel does not tell whether it was empty already.</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Remove(int index) => Empty(index);
}
