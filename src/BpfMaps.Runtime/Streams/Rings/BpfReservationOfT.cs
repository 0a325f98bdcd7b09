using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Space for a record in a user ring buffer, to be written in place. Submit it, or dispose it to discard it.</summary>
/// <typeparam name="T">The type of the record.</typeparam>
/// <remarks>
/// Programs read the ring up to the oldest open reservation, so keep reservations short, and dispose all of them: one that is neither
/// submitted nor disposed blocks the ring permanently. The memory stays mapped while a reservation is open, even after the map is disposed.
/// </remarks>
public readonly ref struct BpfReservation<T>
    where T : unmanaged
{
    private readonly RingReservation _reservation;

    internal BpfReservation(RingReservation reservation) => _reservation = reservation;

    /// <summary>Gets a reference to the record, which is initialized to zero, including padding.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it was already submitted or discarded.</exception>
    [UnscopedRef]
    public ref T Value => ref Unsafe.As<byte, T>(ref MemoryMarshal.GetReference(_reservation.Bytes));

    /// <summary>Submits the record to programs. <see cref="Value"/> must not be used after that.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it was already submitted or discarded.</exception>
    public void Submit() => _reservation.Submit();

    /// <summary>Discards the record; programs skip it. <see cref="Value"/> must not be used after that.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it was already submitted or discarded.</exception>
    public void Discard() => _reservation.Discard();

    /// <summary>Discards the record unless it was submitted or discarded.</summary>
    public void Dispose() => _reservation.Dispose();
}
