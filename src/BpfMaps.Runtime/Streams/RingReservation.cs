using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>A record of a user ring between its reservation and its submission, as its holder sees it.</summary>
/// <remarks>
/// Structs are copied, by <c>using (reservation)</c> for one, and a copy must neither end a reservation twice nor reach memory that is gone.
/// So what counts stands in a slot, which the ring uses again and again, and a reservation is over when its slot has gone on to the next turn.
/// </remarks>
internal readonly ref struct RingReservation
{
    private readonly RingSlot? _slot;
    private readonly int _turn;
    private readonly Span<byte> _bytes;

    /// <param name="slot">What holds the memory until the reservation is over.</param>
    /// <param name="turn">The turn of the slot.</param>
    /// <param name="bytes">The record, behind its header.</param>
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

    /// <summary>Shows the record to the kernel, or that there is none. After that the memory may go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void End(RingSlot slot, uint bits)
    {
        Volatile.Write(ref RingWindow.HeaderOf(ref MemoryMarshal.GetReference(_bytes)), (uint)_bytes.Length | bits);
        slot.End(_turn);
    }

    [DoesNotReturn]
    private static void ThrowIsOver() => throw new InvalidOperationException("There is no open reservation here: the ring had no room, or the record was submitted or discarded already.");
}

/// <summary>Says whether one reservation is open. While it is the memory stays mapped.</summary>
/// <remarks>A reservation and all its copies are on the stack of one thread, which alone can end it: that takes no more than a look and a store.</remarks>
internal sealed class RingSlot(RingProducer ring)
{
    private int _turn;

    /// <summary>Goes on when a reservation begins and when it is over: odd means that one is open.</summary>
    public int Turn => Volatile.Read(ref _turn);

    public bool IsFree => (Turn & 1) == 0;

    /// <summary>Begins a reservation, inside the ring's gate.</summary>
    /// <returns>Its turn.</returns>
    public int Begin() => ++_turn;

    /// <summary>For the holder of the open reservation: it is over.</summary>
    /// <param name="turn">Its turn.</param>
    public void End(int turn)
    {
        // Not counted up in memory: the next reservation would have to wait for that.
        Volatile.Write(ref _turn, turn + 1);
        ring.OnEnded();
    }
}
