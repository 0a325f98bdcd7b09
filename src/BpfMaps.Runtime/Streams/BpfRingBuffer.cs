using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>A ring that programs on all CPUs write records to and this process reads, in order and without copies (BPF_MAP_TYPE_RINGBUF, Linux 5.8).</summary>
/// <typeparam name="T">The type of the records, or what all of them begin with.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfEventStream{T}" path="/remarks/para"/>
/// <para><b>Where reading begins.</b> The kernel keeps the position, so a ring that is opened from a pin is read on from where the last reader stopped.
/// The space of records is given back once per run, and at each quarter of the ring within a long run.</para>
/// <para><b>Nothing is lost silently by the ring</b>: a program that finds it full gets no space for its record, and knows. Records that a program
/// discards are skipped and not counted.</para>
/// </remarks>
public abstract class BpfRingBuffer<T> : BpfEventStream<T>
    where T : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.RingBuf];

    private readonly RingConsumer _ring;

    /// <summary>Makes a typed ring of an open map that fits the schema, and maps its memory.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The size of the type is not that of the schema.</exception>
    /// <exception cref="BpfPermissionException">The descriptor is read-only: reading a ring means writing its position.</exception>
    protected BpfRingBuffer(RawMap raw, BpfMapSchema schema)
        : base(raw, schema, static raw => new RingConsumer(raw)) => _ring = (RingConsumer)Source;

    /// <summary>Bytes of data that the ring has room for: <c>max_entries</c>. A record takes its own bytes and 8 more, rounded up to a multiple of 8.</summary>
    public long Size => Raw.MaxEntries;

    /// <summary>
    /// Bytes between the consumer's and the producer's position, headers included: how full the ring is, for monitoring. Any thread may ask at any time.
    /// Never more than <see cref="Size"/>, even if the positions do not fit each other.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public long AvailableBytes => _ring.AvailableBytes;

    /// <summary>How many bytes have been read since the ring was made, headers included. Follows a running call with the delay that is described on the class.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public ulong ConsumerPosition => _ring.Positions().Consumer;

    /// <summary>How many bytes programs have reserved since the ring was made, headers included.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public ulong ProducerPosition => _ring.Positions().Producer;

    private protected sealed override bool TryTakePlain(out T record) => _ring.TryTake(out record);
}
