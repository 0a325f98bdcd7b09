using System.Diagnostics.CodeAnalysis;

namespace BpfMaps;

/// <summary>Space for a record of any size in a user ring buffer, to be written in place. Submit it, or dispose it to discard it.</summary>
/// <inheritdoc cref="BpfReservation{T}" path="/remarks"/>
public readonly ref struct BpfReservation
{
    private readonly RingReservation _reservation;

    internal BpfReservation(RingReservation reservation) => _reservation = reservation;

    /// <summary>Gets the bytes of the record in place. Their initial content is undefined: write all of them.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it was already submitted or discarded.</exception>
    [UnscopedRef]
    public Span<byte> Bytes => _reservation.Bytes;

    /// <summary>Hands the record to the kernel. <see cref="Bytes"/> are not to be touched any more.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it was already submitted or discarded.</exception>
    public void Submit() => _reservation.Submit();

    /// <summary>Gives the room up: programs skip it. <see cref="Bytes"/> are not to be touched any more.</summary>
    /// <exception cref="InvalidOperationException">There is no reservation, or it was already submitted or discarded.</exception>
    public void Discard() => _reservation.Discard();

    /// <summary>Discards the record unless it was submitted or discarded.</summary>
    public void Dispose() => _reservation.Dispose();
}
