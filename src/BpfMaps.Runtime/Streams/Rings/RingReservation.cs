using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>A record of a user ring between its reservation and its submission.</summary>
/// <remarks>
/// Structs are copied, for example by <c>using (reservation)</c>, and a copy must not end a reservation twice or access released memory.
/// The state is therefore in a slot, which the ring reuses. A reservation ends when its slot advances to the next turn.
/// </remarks>
internal readonly ref struct RingReservation
{
    private readonly RingSlot? _slot;
    private readonly int _turn;
    private readonly Span<byte> _bytes;

    /// <param name="slot">The slot, which keeps the memory until the reservation ends.</param>
    /// <param name="turn">The turn of the slot.</param>
    /// <param name="bytes">The record, without its header.</param>
    public RingReservation(RingSlot slot, int turn, Span<byte> bytes)
    {
        _slot = slot;
        _turn = turn;
        _bytes = bytes;
    }

    public Span<byte> Bytes
    {
        get
        {
            if (_slot is null || _slot.Turn != _turn)
                ThrowIsOver();
            return _bytes;
        }
    }

    public void Submit() => End(0);

    public void Discard() => End(RingWindow.Discarded);

    public void Dispose()
    {
        if (_slot is not null && _slot.Turn == _turn)
            End(_slot, RingWindow.Discarded);
    }

    private void End(uint bits)
    {
        if (_slot is null || _slot.Turn != _turn)
            ThrowIsOver();
        End(_slot, bits);
    }

    /// <summary>Publishes the record or that it is discarded. After that, the memory may be released.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void End(RingSlot slot, uint bits)
    {
        Volatile.Write(ref RingWindow.HeaderOf(ref MemoryMarshal.GetReference(_bytes)), (uint)_bytes.Length | bits);
        slot.End(_turn);
    }

    [DoesNotReturn]
    private static void ThrowIsOver() =>
        throw new InvalidOperationException(
            "There is no open reservation: the ring was full, or the record was already submitted or discarded."
        );
}
