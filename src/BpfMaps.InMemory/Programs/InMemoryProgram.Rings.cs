using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using BpfMaps.InMemory;

namespace BpfMaps;

// Overloads take a value or bytes as the record; the optional flags do not make a call ambiguous.
#pragma warning disable RS0026

// Ring buffers, which programs write, and user ring buffers, which programs drain.
public sealed partial class InMemoryProgram
{
    /// <summary>Writes a record to a ring buffer (<c>bpf_ringbuf_output</c>).</summary>
    /// <typeparam name="T">The type of the record.</typeparam>
    /// <param name="map">The ring buffer.</param>
    /// <param name="record">The record.</param>
    /// <param name="flags">Which waiters to wake.</param>
    /// <returns><see langword="false"/> if the ring has no space: the record is dropped, and only the program can detect this.</returns>
    /// <inheritdoc cref="Output(InMemoryMapReference, ReadOnlySpan{byte}, BpfRingFlags)" path="/exception"/>
    public bool Output<T>(InMemoryMapReference map, in T record, BpfRingFlags flags = BpfRingFlags.None)
        where T : unmanaged => Output(map, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in record)), flags);

    /// <summary>Writes a record of any size to a ring buffer (<c>bpf_ringbuf_output</c>).</summary>
    /// <param name="map">The ring buffer.</param>
    /// <param name="record">All bytes of the record.</param>
    /// <param name="flags">Which waiters to wake.</param>
    /// <returns><see langword="false"/> if the ring has no space: the record is dropped, and only the program can detect this.</returns>
    /// <exception cref="ArgumentException">No map or more than one map has this name.</exception>
    /// <exception cref="InvalidOperationException">The verifier rejects such a program because the map is not a ring buffer, or the kernel
    /// rejects the call because the flags are invalid (EINVAL).</exception>
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

    /// <summary>Reserves space for a record in a ring buffer, to be written in place (<c>bpf_ringbuf_reserve</c>).</summary>
    /// <param name="map">The ring buffer.</param>
    /// <param name="size">The size of the record in bytes.</param>
    /// <param name="reservation">The reserved space. Write it, then submit or discard it. Readers stop at it until then.</param>
    /// <returns><see langword="false"/> if the ring has no space.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative.</exception>
    /// <exception cref="ArgumentException">No map or more than one map has this name.</exception>
    /// <exception cref="InvalidOperationException">The verifier rejects such a program because the map is not a ring buffer.</exception>
    public bool TryReserve(InMemoryMapReference map, int size, [NotNullWhen(true)] out InMemoryReservation? reservation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        using ProgramCall call = new(_tables, map, ProgramHelper.Reserve);
        RingBufferMap ring = (RingBufferMap)call.Map;
        reservation = ring.TryReserve((uint)size, out ulong position) ? new InMemoryReservation(ring, position, (uint)size) : null;
        return reservation is not null;
    }

    /// <summary>Gets the size and the positions of a ring buffer (<c>bpf_ringbuf_query</c>).</summary>
    /// <param name="map">The ring buffer.</param>
    /// <exception cref="ArgumentException">No map or more than one map has this name.</exception>
    /// <exception cref="InvalidOperationException">The verifier rejects such a program because the map is not a ring buffer.</exception>
    public InMemoryRingState QueryRing(InMemoryMapReference map)
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Query);
        return ((RingBufferMap)call.Map).State;
    }

    /// <summary>Consumes the records of a user ring buffer in the order of their reservation (<c>bpf_user_ringbuf_drain</c>).</summary>
    /// <remarks>
    /// Draining stops at a record that is reserved but not submitted, when the handler returns <see cref="InMemoryDrain.Stop"/>, and after
    /// 131,072 records. Discarded records are skipped. An exception of the handler propagates to the caller; its record is consumed. If any
    /// record was consumed, writers that wait for space are woken afterwards.
    /// </remarks>
    /// <param name="map">The user ring buffer.</param>
    /// <param name="handler">Called for each record, in place.</param>
    /// <param name="flags">Which waiters to wake.</param>
    /// <returns>
    /// The number of records passed to the handler, or, as for programs in the kernel, a negated error number: -16 (EBUSY) if the ring is
    /// already being drained; -22 (EINVAL) or -7 (E2BIG) if user space wrote an invalid record.
    /// </returns>
    /// <exception cref="ArgumentException">No map or more than one map has this name.</exception>
    /// <exception cref="InvalidOperationException">The verifier rejects such a program because the map is not a user ring
    /// buffer.</exception>
    public int DrainUserRing(InMemoryMapReference map, InMemoryDrainHandler handler, BpfRingFlags flags = BpfRingFlags.None)
    {
        ArgumentNullException.ThrowIfNull(handler);
        using ProgramCall call = new(_tables, map, ProgramHelper.Drain);
        return HasUnknown(flags) ? -Errno.EINVAL : ((UserRingMap)call.Map).Drain(handler, flags);
    }

    private static bool HasUnknown(BpfRingFlags flags) => (flags & ~(BpfRingFlags.NoWakeup | BpfRingFlags.ForceWakeup)) != 0;
}
