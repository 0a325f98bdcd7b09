using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

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

/// <summary>What a ring knows of one open reservation. It keeps the memory mapped for that time.</summary>
internal sealed class RingSlot(RingProducer ring, RingMemory memory)
{
    private ulong _position;
    private uint _length;
    private int _turn;

    /// <summary>Counts the reservations that this slot has been used for and that are over.</summary>
    public int Turn => Volatile.Read(ref _turn);

    public Span<byte> Bytes
    {
        get
        {
            RingWindow window = memory.Window;
            return MemoryMarshal.CreateSpan(ref window.Record(_position), (int)_length);
        }
    }

    public RingReservation Begin(ulong position, uint length)
    {
        bool held = false;
        memory.DangerousAddRef(ref held);
        _position = position;
        _length = length;
        return new RingReservation(this, _turn);
    }

    /// <summary>Shows the record to the kernel, or that there is none.</summary>
    /// <returns><see langword="false"/> if the reservation is over already.</returns>
    public bool TryEnd(int turn, uint bits)
    {
        if (Interlocked.CompareExchange(ref _turn, turn + 1, turn) != turn)
            return false;
        RingWindow window = memory.Window;
        Interlocked.Exchange(ref window.Header(_position), _length | bits);
        memory.DangerousRelease();
        ring.Return(this);
        return true;
    }
}
