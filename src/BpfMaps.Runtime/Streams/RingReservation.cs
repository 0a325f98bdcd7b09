using System.Diagnostics.CodeAnalysis;

namespace BpfMaps;

/// <summary>A record of a user ring between its reservation and its submission, as its holder sees it.</summary>
/// <remarks>
/// Structs are copied, by <c>using (reservation)</c> for one, and a copy must neither end a reservation twice nor reach memory that is gone.
/// So what counts stands in a slot, which the ring uses again and again, and a reservation is over when its slot has gone on to the next turn.
/// </remarks>
internal readonly struct RingReservation(RingSlot slot, int turn)
{
    public Span<byte> Bytes
    {
        get
        {
            if (slot is null || slot.Turn != turn)
                ThrowIsOver();
            return slot.Bytes;
        }
    }

    public void Submit() => End(0);

    public void Discard() => End(RingWindow.Discarded);

    public void Dispose() => slot?.TryEnd(turn, RingWindow.Discarded);

    private void End(uint bits)
    {
        if (slot is null || !slot.TryEnd(turn, bits))
            ThrowIsOver();
    }

    [DoesNotReturn]
    private static void ThrowIsOver() => throw new InvalidOperationException("There is no open reservation here: the ring had no room, or the record was submitted or discarded already.");
}

/// <summary>What a ring knows of one open reservation. While it is open the memory stays mapped.</summary>
/// <remarks>A reservation and all its copies are on the stack of one thread, which alone can end it: that takes no more than a look and a store.</remarks>
internal sealed class RingSlot(RingProducer ring)
{
    private ulong _position;
    private uint _length;
    private int _turn;

    /// <summary>Goes on when a reservation begins and when it is over: odd means that one is open.</summary>
    public int Turn => Volatile.Read(ref _turn);

    public bool IsFree => (Turn & 1) == 0;

    public Span<byte> Bytes => ring.Record(_position, (int)_length);

    /// <summary>Begins a reservation, inside the ring's gate.</summary>
    public RingReservation Begin(ulong position, uint length)
    {
        _position = position;
        _length = length;
        return new RingReservation(this, ++_turn);
    }

    /// <summary>Shows the record to the kernel, or that there is none.</summary>
    /// <returns><see langword="false"/> if the reservation is over already.</returns>
    public bool TryEnd(int turn, uint bits)
    {
        if (_turn != turn)
            return false;
        Volatile.Write(ref ring.Window.Header(_position), _length | bits);
        Volatile.Write(ref _turn, turn + 1);
        ring.OnEnded();
        return true;
    }
}
