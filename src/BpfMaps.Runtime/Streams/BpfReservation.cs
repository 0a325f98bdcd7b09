using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Room for one record in a user ring buffer, to be written in place. Submit it, or dispose it to give it up.</summary>
/// <typeparam name="T">The type of the record.</typeparam>
/// <remarks>
/// Programs read the ring up to the oldest reservation that is open: keep the time short, and never lose one. A reservation that is neither
/// submitted nor disposed holds up the ring for good. The memory stays mapped while one is open, also past the map's disposal.
/// </remarks>
public readonly ref struct BpfReservation<T>
    where T : unmanaged
{
    private readonly RingReservation _reservation;

    internal BpfReservation(RingReservation reservation) => _reservation = reservation;

    /// <summary>The record, in place. All zeroes at first, padding included.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it is submitted or discarded already.</exception>
    [UnscopedRef]
    public ref T Value => ref Unsafe.As<byte, T>(ref MemoryMarshal.GetReference(_reservation.Bytes));

    /// <summary>Hands the record to the kernel. <see cref="Value"/> is not to be touched any more.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it is submitted or discarded already.</exception>
    public void Submit() => _reservation.Submit();

    /// <summary>Gives the room up: programs skip it. <see cref="Value"/> is not to be touched any more.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it is submitted or discarded already.</exception>
    public void Discard() => _reservation.Discard();

    /// <summary>Discards the record unless it is submitted or discarded already.</summary>
    public void Dispose() => _reservation.Dispose();
}

/// <summary>Room for one record of any size in a user ring buffer, to be written in place. Submit it, or dispose it to give it up.</summary>
/// <inheritdoc cref="BpfReservation{T}" path="/remarks"/>
public readonly ref struct BpfReservation
{
    private readonly RingReservation _reservation;

    internal BpfReservation(RingReservation reservation) => _reservation = reservation;

    /// <summary>The bytes of the record, in place. What they hold at first is undefined: write all of them.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it is submitted or discarded already.</exception>
    [UnscopedRef]
    public Span<byte> Bytes => _reservation.Bytes;

    /// <summary>Hands the record to the kernel. <see cref="Bytes"/> are not to be touched any more.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it is submitted or discarded already.</exception>
    public void Submit() => _reservation.Submit();

    /// <summary>Gives the room up: programs skip it. <see cref="Bytes"/> are not to be touched any more.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it is submitted or discarded already.</exception>
    public void Discard() => _reservation.Discard();

    /// <summary>Discards the record unless it is submitted or discarded already.</summary>
    public void Dispose() => _reservation.Dispose();
}
