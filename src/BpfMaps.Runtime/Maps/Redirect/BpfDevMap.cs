using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// An array of network interfaces that XDP programs redirect packets to with <c>bpf_redirect_map</c> (BPF_MAP_TYPE_DEVMAP, Linux 4.14).
/// </summary>
/// <remarks>
/// The interfaces are those of the network namespace of the writing process. The kernel empties the slots of an interface that is removed.
/// A map that was created with <c>value_size</c> 4 (all before Linux 5.8) cannot hold programs. Creating the map requires CAP_NET_ADMIN.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfDevMap : BpfSlotArray<BpfDevMapValue>
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.DevMap];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys are not 4-byte indices.</exception>
    protected BpfDevMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Sets the interface of a slot (BPF_MAP_UPDATE_ELEM, Linux 4.14; programs Linux 5.8).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="interfaceIndex">The index of the interface, see <c>ip link</c>.</param>
    /// <param name="egressProgram">
    /// A descriptor of a program that is run on the packets on egress, loaded with the expected attach type BPF_XDP_DEVMAP. The caller
    /// keeps it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot, or the interface index is not positive.</exception>
    /// <exception cref="InvalidOperationException">A program was given, but the map was created without space for one.</exception>
    /// <exception cref="BpfException">The interface does not exist, or the program has another attach type (EINVAL).</exception>
    public void Set(int index, int interfaceIndex, SafeHandle? egressProgram = null)
    {
        ReadOnlySpan<byte> key = KeyOf(in index);
        // For the kernel, 0 empties the slot.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        using NumberWithProgram value = new(Raw, interfaceIndex, egressProgram, stackalloc byte[NumberWithProgram.Size]);
        Raw.Update(key, value.Bytes);
    }

    /// <summary>Gets the content of a slot (BPF_MAP_LOOKUP_ELEM, Linux 4.14).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="value">The interface and its program; <see langword="default"/> if the slot is empty.</param>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetValue(int index, out BpfDevMapValue value) => TryRead(index, out value);

    /// <summary>Empties a slot (BPF_MAP_DELETE_ELEM, Linux 4.14). The kernel does not report whether it was already empty.</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Remove(int index) => Empty(index);
}
