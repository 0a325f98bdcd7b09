using System.Net.Sockets;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Values that belong to sockets (BPF_MAP_TYPE_SK_STORAGE, Linux 5.2). Programs get at them with <c>bpf_sk_storage_get</c>.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfLocalStorage{TValue}" path="/remarks"/>
/// Sockets of all families are supported. Its
/// value lives as long as the socket, not as long as the descriptor. With <see cref="BpfMapFlags.Clone"/> (Linux 5.4) a connection that is
/// accepted gets a copy of its listener's value.
/// </remarks>
public abstract class BpfSkStorage<TValue> : BpfLocalStorage<TValue>
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.SkStorage];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">
    /// The size of the values differs from that of the map, or its keys are not descriptors.
    /// </exception>
    protected BpfSkStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Copies the value of a socket out of the map (BPF_MAP_LOOKUP_ELEM, Linux 5.2).</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="value">The value; <see langword="default"/> if there is none.</param>
    /// <returns><see langword="false"/> if the socket has no value in the map.</returns>
    /// <exception cref="ObjectDisposedException">The socket or the map is disposed.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetValue(Socket socket, out TValue value) => TryGetValue(HandleOf(socket), out value);

    /// <summary>Returns whether a socket has a value here. Costs as much as reading it.</summary>
    /// <returns><see langword="false"/> if the socket has no value in the map.</returns>
    /// <inheritdoc cref="TryGetValue(Socket, out TValue)"/>
    public bool ContainsKey(Socket socket) => ContainsKey(HandleOf(socket));

    /// <summary>Adds or replaces the value of a socket (BPF_MAP_UPDATE_ELEM, Linux 5.2).</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ObjectDisposedException">The socket or the map is disposed.</exception>
    /// <exception cref="BpfException">The kernel returned an error; ENOMEM if the option memory of the socket is exhausted.</exception>
    public void Set(Socket socket, in TValue value) => Set(HandleOf(socket), in value);

    /// <summary>Adds the value of a socket that has none yet (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the socket has a value already; it is left as it is.</returns>
    /// <inheritdoc cref="Set(Socket, in TValue)"/>
    public bool TryAdd(Socket socket, in TValue value) => TryAdd(HandleOf(socket), in value);

    /// <summary>Replaces the value of a socket that has one (BPF_EXIST).</summary>
    /// <returns><see langword="false"/> if the socket has no value here; nothing is added.</returns>
    /// <inheritdoc cref="Set(Socket, in TValue)"/>
    public bool TryUpdate(Socket socket, in TValue value) => TryUpdate(HandleOf(socket), in value);

    /// <summary>Removes the value of a socket; the socket itself stays (BPF_MAP_DELETE_ELEM, Linux 5.2).</summary>
    /// <param name="socket">The socket.</param>
    /// <returns><see langword="false"/> if the socket has no value in the map.</returns>
    /// <exception cref="ObjectDisposedException">The socket or the map is disposed.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool Remove(Socket socket) => Remove(HandleOf(socket));

    private static SafeSocketHandle HandleOf(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.SafeHandle;
    }
}
