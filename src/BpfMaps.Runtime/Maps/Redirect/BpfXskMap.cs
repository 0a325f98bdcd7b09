using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// An array of AF_XDP sockets that XDP programs redirect packets to with <c>bpf_redirect_map</c>, past the network stack
/// (BPF_MAP_TYPE_XSKMAP, Linux 4.18). The index is usually the number of the receive queue.
/// </summary>
/// <remarks>
/// The kernel does not support reading slots. It empties the slots of closed sockets. Creating the map requires CAP_NET_ADMIN.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfXskMap : BpfSlotArray
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.XskMap];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys are not 4-byte indices.</exception>
    protected BpfXskMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Sets the socket of a slot (BPF_MAP_UPDATE_ELEM, Linux 4.18).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="socket">
    /// A socket of the family AF_XDP, for example a <see cref="System.Net.Sockets.SafeSocketHandle"/>. The caller keeps it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="ObjectDisposedException">The socket or the map is disposed.</exception>
    /// <exception cref="BpfException">The descriptor is not a socket, or not one of the family AF_XDP (EOPNOTSUPP).</exception>
    public void Set(int index, SafeHandle socket) => Put(index, socket);

    /// <summary>Sets the socket of a slot that is empty or already has the same socket (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the slot has another socket; nothing was written.</returns>
    /// <inheritdoc cref="Set(int, SafeHandle)"/>
    public bool TryAdd(int index, SafeHandle socket) => Put(index, socket, BpfUpdateFlags.NoExist) == BpfUpdateResult.Ok;

    /// <summary>Empties a slot (BPF_MAP_DELETE_ELEM, Linux 4.18). The kernel does not report whether it was already empty.</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Remove(int index) => Empty(index);
}
