using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Base class of arrays of sockets. Slots are set with a socket and return its cookie.</summary>
/// <remarks>
/// A map that was created with <c>value_size</c> 4 does not return cookies. The kernel empties the slots of closed sockets.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfSocketArray : BpfSlotArray<ulong>
{
    private protected BpfSocketArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Sets the socket of a slot (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="socket">The socket. The caller keeps it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="ObjectDisposedException">The socket or the map is disposed.</exception>
    /// <exception cref="BpfException">
    /// The map does not accept the type or the state of the socket; the message says which it accepts.
    /// </exception>
    public void Set(int index, Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Put(index, socket.SafeHandle);
    }

    /// <inheritdoc cref="Set(int, Socket)" path="/*[not(self::param)]"/>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="socket">A descriptor of the socket, such as a <see cref="SafeSocketHandle"/>. The caller keeps it.</param>
    public void Set(int index, SafeHandle socket) => Put(index, socket);

    /// <summary>Sets the socket of an empty slot (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the slot already has a socket; nothing was written.</returns>
    /// <inheritdoc cref="Set(int, Socket)"/>
    public bool TryAdd(int index, Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return TryAdd(index, socket.SafeHandle);
    }

    /// <summary>Sets the socket of an empty slot (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the slot already has a socket; nothing was written.</returns>
    /// <inheritdoc cref="Set(int, SafeHandle)"/>
    public bool TryAdd(int index, SafeHandle socket) => Put(index, socket, BpfUpdateFlags.NoExist) == BpfUpdateResult.Ok;

    /// <summary>Gets the cookie of the socket in a slot (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="cookie">The cookie of the socket (<see cref="BpfSocketCookie.Get"/>); 0 if the slot is empty.</param>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="InvalidOperationException">The map was created with <c>value_size</c> 4.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetCookie(int index, out ulong cookie) => TryRead(index, out cookie);

    /// <summary>Empties a slot; the socket is not closed (BPF_MAP_DELETE_ELEM).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <returns><see langword="false"/> if the slot was already empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool Remove(int index) => Empty(index);

    private protected override void CheckLookups() => SocketValues.CheckLookups(Raw);
}
