using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// A ring buffer that programs on all CPUs write and this process reads, in order and without copies (BPF_MAP_TYPE_RINGBUF, Linux 5.8).
/// </summary>
/// <typeparam name="T">The type of the records, or of their common beginning.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfEventStream{T}" path="/remarks/para"/>
/// <para><b>Position.</b> The kernel keeps the position, so a ring that is opened from a pin is read from where the last reader stopped.
/// Space is released once per call, and after each quarter of the ring within a call.</para>
/// <para><b>Loss.</b> The ring does not lose records silently: if it is full, programs get an error. Records that a program discards are
/// skipped and not counted.</para>
/// </remarks>
public abstract class BpfRingBuffer<T> : BpfEventStream<T>
    where T : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.RingBuf];

    private readonly RingConsumer _ring;

    /// <summary>Initializes a typed ring from an open map that matches the schema, and maps its memory.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The size of the type differs from that of the schema.</exception>
    /// <exception cref="BpfPermissionException">The descriptor is read-only; reading a ring writes its position.</exception>
    protected BpfRingBuffer(RawMap raw, BpfMapSchema schema)
        : base(raw, schema, static raw => new RingConsumer(raw)) => _ring = (RingConsumer)Source;

    /// <summary>
    /// Gets the size of the ring in bytes: <c>max_entries</c>. A record takes its size plus 8 bytes, rounded up to a multiple of 8.
    /// </summary>
    public long Size => Raw.MaxEntries;

    /// <summary>
    /// Gets the number of bytes between the consumer and the producer position, including headers, for monitoring. Thread-safe. At most
    /// <see cref="Size"/>, even if the positions are inconsistent.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public long AvailableBytes => _ring.AvailableBytes;

    /// <summary>
    /// Gets the number of bytes read since the ring was created, including headers. It follows a running call with the delay described on
    /// the class.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    internal ulong ConsumerPosition => _ring.Positions().Consumer;

    /// <summary>Gets the number of bytes that programs have reserved since the ring was created, including headers.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    internal ulong ProducerPosition => _ring.Positions().Producer;

    private protected sealed override bool TryTakePlain(out T record) => _ring.TryTake(out record);
}
