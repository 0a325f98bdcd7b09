using System.Collections;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>A hash table of sockets that programs redirect data and messages to (BPF_MAP_TYPE_SOCKHASH, Linux 4.18; lookups Linux 5.8): a socket goes in, its cookie comes out.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <remarks>
/// It takes TCP sockets that are connected or listen, UDP sockets that are bound or connected, and connected Unix sockets. A map that was created with
/// <c>value_size</c> 4 takes sockets and gives no cookies. The kernel removes a socket that is closed. Needs CAP_NET_ADMIN.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfSockHash<TKey> : BpfKeyedMap<TKey>, IEnumerable<KeyValuePair<TKey, ulong>>
    where TKey : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.SockHash];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The size of the keys is not that of the map.</exception>
    protected BpfSockHash(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Adds or replaces the socket of a key (BPF_MAP_UPDATE_ELEM, Linux 4.18).</summary>
    /// <param name="key">The key.</param>
    /// <param name="socket">The socket; it stays the caller's.</param>
    /// <exception cref="BpfMapFullException">The key is new and the map has no room for it.</exception>
    /// <exception cref="ObjectDisposedException">The socket or the map is disposed.</exception>
    /// <exception cref="BpfException">The socket is of a kind or in a state that the map does not take (EOPNOTSUPP).</exception>
    public void Set(in TKey key, Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Set(in key, socket.SafeHandle);
    }

    /// <inheritdoc cref="Set(in TKey, Socket)" path="/*[not(self::param)]"/>
    /// <param name="key">The key.</param>
    /// <param name="socket">A descriptor of the socket, such as a <see cref="SafeSocketHandle"/>; it stays the caller's.</param>
    public void Set(in TKey key, SafeHandle socket)
    {
        if (Update(in key, socket, BpfUpdateFlags.Any) == BpfUpdateResult.Full)
            ThrowFull();
    }

    /// <summary>Adds the socket of a key that is not there yet (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the key is there already; its socket is left as it is.</returns>
    /// <inheritdoc cref="Set(in TKey, Socket)"/>
    public bool TryAdd(in TKey key, Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return TryAdd(in key, socket.SafeHandle);
    }

    /// <summary>Adds the socket of a key that is not there yet (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the key is there already; its socket is left as it is.</returns>
    /// <inheritdoc cref="Set(in TKey, SafeHandle)"/>
    public bool TryAdd(in TKey key, SafeHandle socket)
    {
        BpfUpdateResult result = Update(in key, socket, BpfUpdateFlags.NoExist);
        if (result == BpfUpdateResult.Full)
            ThrowFull();
        return result == BpfUpdateResult.Ok;
    }

    /// <summary>Writes the socket of a key and tells what became of it (BPF_MAP_UPDATE_ELEM, Linux 4.18).</summary>
    /// <param name="key">The key.</param>
    /// <param name="socket">A descriptor of the socket; it stays the caller's.</param>
    /// <param name="flags">Whether to add, to replace or either.</param>
    /// <returns>What became of it; nothing is thrown for a full map.</returns>
    /// <exception cref="BpfException">The socket is of a kind or in a state that the map does not take (EOPNOTSUPP).</exception>
    public BpfUpdateResult Update(in TKey key, SafeHandle socket, BpfUpdateFlags flags)
    {
        using CleanBytes<TKey> keyBytes = new(in key, KeyFormat, stackalloc byte[KeyFormat.ScratchSize]);
        using DescriptorBytes value = new(socket, (stackalloc byte[sizeof(ulong)])[..Raw.ValueSize]);
        return Raw.Update(keyBytes.Bytes, value.Bytes, flags);
    }

    /// <summary>Gets the cookie of the socket of a key (BPF_MAP_LOOKUP_ELEM, Linux 5.8).</summary>
    /// <param name="key">The key.</param>
    /// <param name="cookie">The socket's cookie, as <see cref="BpfSocketCookie.Get"/> tells it; 0 on a miss.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="InvalidOperationException">The map was created with <c>value_size</c> 4.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGetCookie(in TKey key, out ulong cookie)
    {
        SocketValues.CheckLookups(Raw);
        using CleanBytes<TKey> keyBytes = new(in key, KeyFormat, stackalloc byte[KeyFormat.ScratchSize]);
        return SlotReading.TryRead(Raw, keyBytes.Bytes, out cookie);
    }

    /// <summary>Whether the map has a key. Costs as much as reading the cookie.</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="InvalidOperationException">The map was created with <c>value_size</c> 4.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool ContainsKey(in TKey key) => TryGetCookie(in key, out _);

    /// <summary>Walks over the keys and the cookies of their sockets, key by key: the kernel has no batches for such maps. Nothing is allocated per element.</summary>
    /// <returns>The enumerator.</returns>
    /// <exception cref="InvalidOperationException">The map was created with <c>value_size</c> 4.</exception>
    public BpfElementEnumerator<TKey, ulong> GetEnumerator()
    {
        SocketValues.CheckLookups(Raw);
        return new(Raw, BpfBatchMode.Lookup);
    }

    IEnumerator<KeyValuePair<TKey, ulong>> IEnumerable<KeyValuePair<TKey, ulong>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
