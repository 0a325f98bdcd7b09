using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using BpfMaps.InMemory;

namespace BpfMaps;

// A record is a value or it is bytes: optional flags on both cannot make a call ambiguous.
#pragma warning disable RS0026

// Ring buffers, which programs write, and user ring buffers, which they drain.
public sealed partial class InMemoryProgram
{
    /// <summary>Writes a record to a ring buffer (<c>bpf_ringbuf_output</c>).</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="map">The ring.</param>
    /// <param name="record">The record.</param>
    /// <param name="flags">Whom to wake.</param>
    /// <returns><see langword="false"/> if the ring has no room: the record is dropped, and nobody but the program knows.</returns>
    /// <inheritdoc cref="Output(InMemoryMapReference, ReadOnlySpan{byte}, BpfRingFlags)" path="/exception"/>
    public bool Output<T>(InMemoryMapReference map, in T record, BpfRingFlags flags = BpfRingFlags.None)
        where T : unmanaged => Output(map, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in record)), flags);

    /// <summary>Writes a record of any size to a ring buffer (<c>bpf_ringbuf_output</c>).</summary>
    /// <param name="map">The ring.</param>
    /// <param name="record">All bytes of the record.</param>
    /// <param name="flags">Whom to wake.</param>
    /// <returns><see langword="false"/> if the ring has no room: the record is dropped, and nobody but the program knows.</returns>
    /// <exception cref="ArgumentException">No map has this name or several have.</exception>
    /// <exception cref="InvalidOperationException">The verifier would refuse such a program: the map is no ring buffer; or the kernel such a call: there are no such flags (EINVAL).</exception>
    public bool Output(InMemoryMapReference map, ReadOnlySpan<byte> record, BpfRingFlags flags = BpfRingFlags.None)
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Output);
        if (HasUnknown(flags))
            call.Refuse(Errno.EINVAL);
        RingBufferMap ring = (RingBufferMap)call.Map;
        if (!ring.TryReserve((uint)record.Length, out ulong position))
            return false;
        record.CopyTo(ring.Record(position, (uint)record.Length));
        ring.Commit(position, discard: false, flags);
        return true;
    }

    /// <summary>Reserves room for a record in a ring buffer, to be written in place (<c>bpf_ringbuf_reserve</c>).</summary>
    /// <param name="map">The ring.</param>
    /// <param name="size">Bytes of the record.</param>
    /// <param name="reservation">The room: write it, then submit or discard it. Readers stop at it until then.</param>
    /// <returns><see langword="false"/> if the ring has no room.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative.</exception>
    /// <exception cref="ArgumentException">No map has this name or several have.</exception>
    /// <exception cref="InvalidOperationException">The verifier would refuse such a program: the map is no ring buffer.</exception>
    public bool TryReserve(InMemoryMapReference map, int size, [NotNullWhen(true)] out InMemoryReservation? reservation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        using ProgramCall call = new(_tables, map, ProgramHelper.Reserve);
        RingBufferMap ring = (RingBufferMap)call.Map;
        reservation = ring.TryReserve((uint)size, out ulong position) ? new InMemoryReservation(ring, position, (uint)size) : null;
        return reservation is not null;
    }

    /// <summary>Asks how far the two sides of a ring buffer have come (<c>bpf_ringbuf_query</c>).</summary>
    /// <param name="map">The ring.</param>
    /// <exception cref="ArgumentException">No map has this name or several have.</exception>
    /// <exception cref="InvalidOperationException">The verifier would refuse such a program: the map is no ring buffer.</exception>
    public InMemoryRingState QueryRing(InMemoryMapReference map)
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Query);
        return ((RingBufferMap)call.Map).State;
    }

    /// <summary>Takes the records out of a user ring buffer, in the order of their reservation (<c>bpf_user_ringbuf_drain</c>).</summary>
    /// <remarks>
    /// It ends at a record that is reserved and not submitted yet, where the handler says so, and after 131,072 records. Discarded ones are skipped. What the
    /// handler throws comes out of the call; its record is taken. Afterwards those who wait for room are woken, if anything was taken.
    /// </remarks>
    /// <param name="map">The ring.</param>
    /// <param name="handler">Called with each record, in place.</param>
    /// <param name="flags">Whom to wake.</param>
    /// <returns>
    /// How many records the handler was called with. Or, as the kernel tells programs, a negated error number: -16 (EBUSY) if the ring is being drained
    /// already, -22 (EINVAL) and -7 (E2BIG) if what user space wrote there is no record.
    /// </returns>
    /// <exception cref="ArgumentException">No map has this name or several have.</exception>
    /// <exception cref="InvalidOperationException">The verifier would refuse such a program: the map is no user ring buffer.</exception>
    public int DrainUserRing(InMemoryMapReference map, InMemoryDrainHandler handler, BpfRingFlags flags = BpfRingFlags.None)
    {
        ArgumentNullException.ThrowIfNull(handler);
        using ProgramCall call = new(_tables, map, ProgramHelper.Drain);
        return HasUnknown(flags) ? -Errno.EINVAL : ((UserRingMap)call.Map).Drain(handler, flags);
    }

    private static bool HasUnknown(BpfRingFlags flags) => (flags & ~(BpfRingFlags.NoWakeup | BpfRingFlags.ForceWakeup)) != 0;
}
