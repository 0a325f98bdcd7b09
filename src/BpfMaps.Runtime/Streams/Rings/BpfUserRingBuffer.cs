using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

// Overloads differ in the type of the reservation, which every call names.
#pragma warning disable RS0026

/// <summary>
/// A ring buffer that this process writes and programs drain with <c>bpf_user_ringbuf_drain</c> (BPF_MAP_TYPE_USER_RINGBUF, Linux 6.1).
/// </summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// <para>Thread-safe. Records are drained in the order of their reservations. Only one process may write to the ring; the kernel does not
/// enforce this.</para>
/// <para>Writing makes no system call and allocates nothing. If the ring is full, methods return <see langword="false"/>. Waiting for space
/// does not spin.</para>
/// </remarks>
public abstract class BpfUserRingBuffer<T> : BpfMap
    where T : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.UserRingBuf];

    private readonly RingProducer _ring;
    private readonly PaddingFormat _format;

    /// <summary>Initializes a typed ring from an open map that matches the schema, and maps its memory.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The size of the type differs from that of the schema.</exception>
    /// <exception cref="BpfPermissionException">The descriptor is read-only.</exception>
    protected BpfUserRingBuffer(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
        try
        {
            _format = new PaddingFormat(CheckRecordSize<T>(schema.Value));
            _ring = new RingProducer(raw);
            raw.Closing = _ring.Dispose;
        }
        catch
        {
            // The caller gets no object to dispose, so the map is closed here.
            raw.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gets the size of the ring in bytes: <c>max_entries</c>. A record takes its size plus 8 bytes, rounded up to a multiple of 8.
    /// </summary>
    public long Size => Raw.MaxEntries;

    /// <summary>Gets the maximum size of a record in bytes: <see cref="Size"/> minus 8, at most 16 MiB - 1.</summary>
    public int MaxRecordLength => _ring.MaxRecordLength;

    /// <summary>
    /// Gets the number of bytes that are reserved or written but not drained, including headers, for monitoring. At most
    /// <see cref="Size"/>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public long PendingBytes => _ring.PendingBytes;

    /// <summary>Gets the number of bytes that programs have drained since the ring was created, including headers.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    internal ulong ConsumerPosition => _ring.Positions().Consumer;

    /// <summary>Gets the number of bytes reserved since the ring was created, including headers.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    internal ulong ProducerPosition => _ring.Positions().Producer;

    /// <summary>
    /// Reserves space for a record, to be written in place. Waits for space if the ring is full and <paramref name="timeout"/> allows it.
    /// </summary>
    /// <remarks>
    /// A program that drains the ring with BPF_RB_NO_WAKEUP does not end the wait: its space is only noticed at the end of the timeout.
    /// </remarks>
    /// <param name="reservation">The space: write its <see cref="BpfReservation{T}.Value"/>, submit it, and dispose it in any case.</param>
    /// <param name="timeout">
    /// The longest time to block the calling thread if the ring is full (epoll): by default not at all;
    /// <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.
    /// </param>
    /// <returns><see langword="false"/> if the ring had no space in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="ArgumentException">The record is larger than the ring.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed, or was disposed while the call waited.</exception>
    /// <exception cref="BpfException">Waiting failed, for example because the process has no descriptors left.</exception>
    public bool TryReserve(out BpfReservation<T> reservation, TimeSpan timeout = default)
    {
        // All of this is inlined: a reservation that a called method returns would be copied twice, and a copy waits for the stores of its
        // fields.
        if (timeout == TimeSpan.Zero)
            return Wrap(_ring.TryReserve(Unsafe.SizeOf<T>(), out RingReservation reserved), reserved, out reservation);
        return Wrap(_ring.TryReserve(Unsafe.SizeOf<T>(), timeout, out RingReservation awaited), awaited, out reservation);
    }

    /// <summary>
    /// Reserves space for a record of any size, to be written in place. Waits for space if the ring is full and <paramref name="timeout"/>
    /// allows it.
    /// </summary>
    /// <param name="length">The size of the record in bytes, 0 to <see cref="MaxRecordLength"/>.</param>
    /// <param name="reservation">The space: write its <see cref="BpfReservation.Bytes"/>, submit it, and dispose it in any case.</param>
    /// <param name="timeout">
    /// The longest time to block the calling thread if the ring is full (epoll): by default not at all;
    /// <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.
    /// </param>
    /// <inheritdoc cref="TryReserve(out BpfReservation{T}, TimeSpan)" path="/*[not(self::param)]"/>
    public bool TryReserve(int length, out BpfReservation reservation, TimeSpan timeout = default)
    {
        bool isReserved = _ring.TryReserve(length, timeout, out RingReservation reserved);
        reservation = new BpfReservation(reserved);
        return isReserved;
    }

    /// <summary>Writes a record with zeroed padding.</summary>
    /// <param name="record">The record.</param>
    /// <returns><see langword="false"/> if the ring is full; nothing was written.</returns>
    /// <exception cref="ArgumentException">The record is larger than the ring.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public bool TryWrite(in T record)
    {
        if (Unsafe.SizeOf<T>() > RingProducer.LongestCopyInsideGate)
            return TryWriteReserved(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in record)), _format);
        RingProducer ring = _ring;
        if (!ring.TryBeginWrite(Unsafe.SizeOf<T>(), out Span<byte> room))
            return false;
        RecordCopy.Copy(in record, ref MemoryMarshal.GetReference(room));
        if (_format.HasPadding)
            _format.Clean(room);
        ring.EndWrite(room);
        return true;
    }

    /// <summary>Writes a record of any size.</summary>
    /// <param name="record">The bytes of the record, 0 to <see cref="MaxRecordLength"/> of them.</param>
    /// <returns><see langword="false"/> if the ring is full; nothing was written.</returns>
    /// <exception cref="ArgumentException">The record is larger than the ring.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public bool TryWrite(ReadOnlySpan<byte> record)
    {
        if (record.Length > RingProducer.LongestCopyInsideGate)
            return TryWriteReserved(record, format: null);
        if (!_ring.TryBeginWrite(record.Length, out Span<byte> room))
            return false;
        record.CopyTo(room);
        _ring.EndWrite(room);
        return true;
    }

    private bool TryWriteReserved(ReadOnlySpan<byte> record, PaddingFormat? format)
    {
        if (!_ring.TryReserve(record.Length, out RingReservation reservation))
            return false;
        record.CopyTo(reservation.Bytes);
        format?.Clean(reservation.Bytes);
        reservation.Submit();
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Wrap(bool isReserved, RingReservation reserved, out BpfReservation<T> reservation)
    {
        if (isReserved)
            Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(reserved.Bytes), default(T));
        reservation = new BpfReservation<T>(reserved);
        return isReserved;
    }
}
