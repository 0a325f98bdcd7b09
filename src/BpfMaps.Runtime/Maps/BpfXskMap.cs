using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>An array of AF_XDP sockets that XDP programs redirect packets to with <c>bpf_redirect_map</c>, past the network stack (BPF_MAP_TYPE_XSKMAP, Linux 4.18). A slot usually has its receive queue's number.</summary>
/// <remarks>
/// The kernel tells no process what is in a slot, so there is nothing to look up or to walk over. It empties the slots of a socket that is closed. Creating such
/// a map needs CAP_NET_ADMIN.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfXskMap : BpfSlotArray
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.XskMap];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The keys are no indices of 4 bytes.</exception>
    protected BpfXskMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Puts a socket into a slot, in place of what is there (BPF_MAP_UPDATE_ELEM, Linux 4.18).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="socket">A socket of the family AF_XDP; it stays the caller's. A <see cref="System.Net.Sockets.SafeSocketHandle"/> is one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="ObjectDisposedException">The socket or the map is disposed.</exception>
    /// <exception cref="BpfException">It is no AF_XDP socket (EOPNOTSUPP), or no socket.</exception>
    public void Set(int index, SafeHandle socket) => Put(index, socket);

    /// <inheritdoc cref="Set(int, SafeHandle)" path="/*[not(self::param)]"/>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="socketDescriptor">A descriptor of a socket of the family AF_XDP, as libxdp gives it; it stays the caller's.</param>
    public void Set(int index, int socketDescriptor) =>
        Raw.Update(KeyOf(in index), MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in socketDescriptor)));

    /// <summary>Puts a socket into a slot that is empty, or has the same socket already (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if another socket is in the slot; it is left as it is.</returns>
    /// <inheritdoc cref="Set(int, SafeHandle)"/>
    public bool TryAdd(int index, SafeHandle socket) => Put(index, socket, BpfUpdateFlags.NoExist) == BpfUpdateResult.Ok;

    /// <summary>Empties a slot (BPF_MAP_DELETE_ELEM, Linux 4.18). The kernel does not tell whether it was empty already.</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Remove(int index) => Empty(index);
}
