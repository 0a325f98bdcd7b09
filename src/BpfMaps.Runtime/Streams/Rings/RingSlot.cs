namespace BpfMaps;

/// <summary>The state of a reservation. The memory stays mapped while it is open.</summary>
/// <remarks>A reservation and its copies are on the stack of one thread, so ending it only takes a load and a store.</remarks>
internal sealed class RingSlot(RingProducer ring)
{
    private int _turn;

    /// <summary>Incremented when a reservation starts and when it ends: odd while it is open.</summary>
    public int Turn => Volatile.Read(ref _turn);

    public bool IsFree => (Turn & 1) == 0;

    /// <summary>Starts a reservation, inside the gate of the ring.</summary>
    /// <returns>The turn of the reservation.</returns>
    public int Begin() => ++_turn;

    /// <summary>Ends the open reservation.</summary>
    /// <param name="turn">The turn of the reservation.</param>
    public void End(int turn)
    {
        // Not incremented in memory, because the next reservation would wait for the load.
        Volatile.Write(ref _turn, turn + 1);
        ring.OnEnded();
    }
}
