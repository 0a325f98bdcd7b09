using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>What arrays of sockets have in common: a socket goes in, its cookie comes out.</summary>
/// <remarks>A map that was created with <c>value_size</c> 4 takes sockets and gives no cookies. The kernel empties the slots of a socket that is closed.</remarks>
[SkipLocalsInit]
public abstract class BpfSocketArray : BpfSlotArray<ulong>
{
    private protected BpfSocketArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Puts a socket into a slot, in place of what is there (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="socket">The socket; it stays the caller's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="ObjectDisposedException">The socket or the map is disposed.</exception>
    /// <exception cref="BpfException">The socket is of a kind or in a state that the map does not take; the message says which it takes.</exception>
    public void Set(int index, Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Put(index, socket.SafeHandle);
    }

    /// <inheritdoc cref="Set(int, Socket)" path="/*[not(self::param)]"/>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="socket">A descriptor of the socket, such as a <see cref="SafeSocketHandle"/>; it stays the caller's.</param>
    public void Set(int index, SafeHandle socket) => Put(index, socket);

    /// <summary>Puts a socket into a slot that is empty (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if a socket is in the slot; it is left as it is.</returns>
    /// <inheritdoc cref="Set(int, Socket)"/>
    public bool TryAdd(int index, Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return TryAdd(index, socket.SafeHandle);
    }

    /// <summary>Puts a socket into a slot that is empty (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if a socket is in the slot; it is left as it is.</returns>
    /// <inheritdoc cref="Set(int, SafeHandle)"/>
    public bool TryAdd(int index, SafeHandle socket) => Put(index, socket, BpfUpdateFlags.NoExist) == BpfUpdateResult.Ok;

    /// <summary>Gets the cookie of the socket in a slot (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="cookie">The socket's cookie, as <see cref="BpfSocketCookie.Get"/> tells it; 0 if the slot is empty.</param>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="InvalidOperationException">The map was created with <c>value_size</c> 4.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGetCookie(int index, out ulong cookie) => TryRead(index, out cookie);

    /// <summary>Empties a slot; the socket is not closed (BPF_MAP_DELETE_ELEM).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <returns><see langword="false"/> if the slot is empty already.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool Remove(int index) => Empty(index);

    private protected override void CheckLookups() => SocketValues.CheckLookups(Raw);
}
