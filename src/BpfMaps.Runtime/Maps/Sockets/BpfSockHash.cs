using System.Collections;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// A hash table of sockets that programs redirect data and messages to (BPF_MAP_TYPE_SOCKHASH, Linux 4.18; lookups Linux 5.8). Elements are
/// set with a socket and return its cookie.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <remarks>
/// The map accepts connected or listening TCP sockets, bound or connected UDP sockets, and connected Unix sockets. A map that was created
/// with <c>value_size</c> 4 does not return cookies. The kernel removes closed sockets. Requires CAP_NET_ADMIN.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfSockHash<TKey> : BpfKeyedMap<TKey>, IEnumerable<KeyValuePair<TKey, ulong>>
    where TKey : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.SockHash];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The size of the keys differs from that of the map.</exception>
    protected BpfSockHash(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Adds or replaces the socket of a key (BPF_MAP_UPDATE_ELEM, Linux 4.18).</summary>
    /// <param name="key">The key.</param>
    /// <param name="socket">The socket. The caller keeps it.</param>
    /// <exception cref="BpfMapFullException">The key is new and the map is full.</exception>
    /// <exception cref="ObjectDisposedException">The socket or the map is disposed.</exception>
    /// <exception cref="BpfException">The map does not accept the type or the state of the socket (EOPNOTSUPP).</exception>
    public void Set(in TKey key, Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Set(in key, socket.SafeHandle);
    }

    /// <inheritdoc cref="Set(in TKey, Socket)" path="/*[not(self::param)]"/>
    /// <param name="key">The key.</param>
    /// <param name="socket">A descriptor of the socket, such as a <see cref="SafeSocketHandle"/>. The caller keeps it.</param>
    public void Set(in TKey key, SafeHandle socket)
    {
        if (Update(in key, socket, BpfUpdateFlags.Any) == BpfUpdateResult.Full)
            ThrowFull();
    }

    /// <summary>Adds the socket of a new key (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the key already exists; nothing was written.</returns>
    /// <inheritdoc cref="Set(in TKey, Socket)"/>
    public bool TryAdd(in TKey key, Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return TryAdd(in key, socket.SafeHandle);
    }

    /// <summary>Adds the socket of a new key (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the key already exists; nothing was written.</returns>
    /// <inheritdoc cref="Set(in TKey, SafeHandle)"/>
    public bool TryAdd(in TKey key, SafeHandle socket)
    {
        BpfUpdateResult result = Update(in key, socket, BpfUpdateFlags.NoExist);
        if (result == BpfUpdateResult.Full)
            ThrowFull();
        return result == BpfUpdateResult.Ok;
    }

    /// <summary>Writes the socket of a key and returns the result (BPF_MAP_UPDATE_ELEM, Linux 4.18).</summary>
    /// <param name="key">The key.</param>
    /// <param name="socket">A descriptor of the socket. The caller keeps it.</param>
    /// <param name="flags">Whether to add the element, to replace it, or either.</param>
    /// <returns>The result of the update; a full map is not an exception.</returns>
    /// <exception cref="BpfException">The map does not accept the type or the state of the socket (EOPNOTSUPP).</exception>
    internal BpfUpdateResult Update(in TKey key, SafeHandle socket, BpfUpdateFlags flags)
    {
        using CleanBytes<TKey> keyBytes = new(in key, KeyFormat, stackalloc byte[KeyFormat.ScratchSize]);
        using DescriptorBytes value = new(socket, (stackalloc byte[sizeof(ulong)])[..Raw.ValueSize]);
        return Raw.Update(keyBytes.Bytes, value.Bytes, flags);
    }

    /// <summary>Gets the cookie of the socket of a key (BPF_MAP_LOOKUP_ELEM, Linux 5.8).</summary>
    /// <param name="key">The key.</param>
    /// <param name="cookie">The cookie of the socket (<see cref="BpfSocketCookie.Get"/>); 0 on a miss.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="InvalidOperationException">The map was created with <c>value_size</c> 4.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetCookie(in TKey key, out ulong cookie)
    {
        SocketValues.CheckLookups(Raw);
        using CleanBytes<TKey> keyBytes = new(in key, KeyFormat, stackalloc byte[KeyFormat.ScratchSize]);
        return SlotReading.TryRead(Raw, keyBytes.Bytes, out cookie);
    }

    /// <summary>Returns whether a key exists. Costs as much as reading the cookie.</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="InvalidOperationException">The map was created with <c>value_size</c> 4.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool ContainsKey(in TKey key) => TryGetCookie(in key, out _);

    /// <summary>
    /// Enumerates the keys and the cookies of their sockets, key by key because the kernel has no batches for this map type, without
    /// allocating per element.
    /// </summary>
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
