using BpfMaps.Metadata;

namespace BpfMaps;

// Overloads differ in the type of the handler, which every call determines, so optional parameters cannot make a call ambiguous.
#pragma warning disable RS0026

/// <summary>Base class of streams that programs write and this process reads: ring buffers and perf event arrays.</summary>
/// <typeparam name="T">The type of the records, or of their common beginning.</typeparam>
/// <remarks>
/// <para><b>One consumer at a time.</b> A second concurrent consumer gets <see cref="InvalidOperationException"/>, and so does a handler
/// that reads the stream that called it. If threads use <see cref="TryRead"/> concurrently, each of them can get the exception.
/// <see cref="ReadAllAsync"/> is a consumer from its first step to its end. Different calls may come from different threads.</para>
/// <para><b>No copy.</b> Handlers get references into memory that the kernel writes. They are valid until the handler returns.</para>
/// <para><b>Exceptions</b> of a handler propagate to the caller. The next call starts at the next record.</para>
/// <para><b>Lengths.</b> A record longer than <typeparamref name="T"/> is read as <typeparamref name="T"/>; handlers of bytes get all of
/// it. Bytes after the end of a shorter record are never read: it is passed to <see cref="OnMalformed"/>, or consumed and thrown as
/// <see cref="BpfMalformedRecordException"/>.</para>
/// <para><b>Disposal</b> is possible from any thread, even in a handler: a running call stops after the current record and returns the
/// number of records, a waiting call throws <see cref="ObjectDisposedException"/>, and an asynchronous enumeration ends. The memory is
/// released by the last of them.</para>
/// </remarks>
public abstract partial class BpfEventStream<T> : BpfMap
    where T : unmanaged
{
    private protected BpfEventStream(RawMap raw, BpfMapSchema schema, Func<RawMap, RecordSource> open)
        : base(raw, schema)
    {
        try
        {
            Malformed = new MalformedRecords(raw, typeof(T).Name, CheckRecordSize<T>(schema.Value).Size);
            Source = open(raw);
            raw.Closing = Source.Close;
        }
        catch
        {
            // The caller gets no object to dispose, so the map is closed here.
            raw.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gets or sets the handler of records that are shorter than <typeparamref name="T"/>, which are not counted. If it is
    /// <see langword="null"/>, the default, such a record is a <see cref="BpfMalformedRecordException"/>. Handlers of bytes get all
    /// records.
    /// </summary>
    public BpfRecordHandler? OnMalformed
    {
        get => Malformed.Handler;
        set => Malformed.Handler = value;
    }

    private protected MalformedRecords Malformed { get; }

    private protected RecordSource Source { get; }

    /// <summary>
    /// Reads the records that are available and calls a handler with each, in place. Waits for records if there are none and
    /// <paramref name="timeout"/> allows it. Allocates nothing; without waiting, makes no system call.
    /// </summary>
    /// <param name="handler">The method to call with each record.</param>
    /// <param name="timeout">
    /// The longest time to block the calling thread if there are no records (ppoll): by default not at all;
    /// <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.
    /// </param>
    /// <param name="limit">
    /// The maximum number of records. Without it, the call does not end while a program writes as fast as the handler reads.
    /// </param>
    /// <returns>The number of records that the handler was called with; 0 if there were none in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="timeout"/> is negative, or <paramref name="limit"/> is not positive.
    /// </exception>
    /// <exception cref="InvalidOperationException">The stream is already being read.</exception>
    /// <exception cref="BpfMalformedRecordException">
    /// A record is shorter than <typeparamref name="T"/>, and <see cref="OnMalformed"/> is not set. The records before it were handled.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The map is disposed, or was disposed while the call waited.</exception>
    /// <exception cref="BpfException">Waiting failed, for example because the process has no descriptors left.</exception>
    public int Read(BpfRecordHandler<T> handler, TimeSpan timeout = default, int limit = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(handler);
        EventSink<T> sink = new(handler, Malformed);
        return Read(ref sink, timeout, limit);
    }

    /// <summary>
    /// Reads the records that are available and calls a handler with the bytes of each, in place and at any length. Waits for records if
    /// there are none and <paramref name="timeout"/> allows it. Allocates nothing; without waiting, makes no system call.
    /// </summary>
    /// <inheritdoc cref="Read(BpfRecordHandler{T}, TimeSpan, int)"/>
    public int Read(BpfRecordHandler handler, TimeSpan timeout = default, int limit = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(handler);
        BytesSink sink = new(handler);
        return Read(ref sink, timeout, limit);
    }

    /// <summary>
    /// Reads the records that are available and calls a handler with the beginning of each as <typeparamref name="T"/> and with all of its
    /// bytes, for streams with records of several types: <see cref="BpfRecord.As{TRecord}"/> reads the bytes as another type. Waits for
    /// records if there are none and <paramref name="timeout"/> allows it. Allocates nothing; without waiting, makes no system call.
    /// </summary>
    /// <inheritdoc cref="Read(BpfRecordHandler{T}, TimeSpan, int)"/>
    public int Read(BpfHeaderHandler<T> handler, TimeSpan timeout = default, int limit = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(handler);
        DispatchSink<T> sink = new(handler, Malformed);
        return Read(ref sink, timeout, limit);
    }

    /// <summary>Copies the next record without waiting. Makes no system call and allocates nothing.</summary>
    /// <param name="record">The record; <see langword="default"/> if none is available.</param>
    /// <returns><see langword="false"/> if there is no record.</returns>
    /// <exception cref="InvalidOperationException">The stream is already being read.</exception>
    /// <exception cref="BpfMalformedRecordException">
    /// The record is shorter than <typeparamref name="T"/>, and <see cref="OnMalformed"/> is not set.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public bool TryRead(out T record)
    {
        if (Source.TryEnterAgain())
        {
            bool isTaken = TryTakePlain(out record);
            Source.LeaveOwner();
            if (isTaken)
                return true;
        }

        return TryReadAny(out record);
    }

    /// <summary>
    /// For the consumer: copies the next record if that takes no more than a copy. <see cref="TryTake"/> handles all other cases.
    /// </summary>
    private protected virtual bool TryTakePlain(out T record)
    {
        record = default;
        return false;
    }

    /// <summary>For the consumer: copies the next record.</summary>
    private protected bool TryTake(out T record)
    {
        CopySink<T> sink = new(Malformed);
        int taken = Source.Drain(ref sink, limit: 1);
        record = sink.Record;
        return taken != 0;
    }

    private bool TryReadAny(out T record)
    {
        Source.Enter();
        try
        {
            return TryTakePlain(out record) || TryTake(out record);
        }
        finally
        {
            Source.LeaveForNext();
        }
    }

    private protected int Read<TSink>(ref TSink sink, TimeSpan timeout, int limit)
        where TSink : struct, IRecordSink
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        Deadline deadline = new(timeout);
        Source.Enter();
        try
        {
            bool isOver = timeout == TimeSpan.Zero;
            while (true)
            {
                int taken = Source.Drain(ref sink, limit);
                if (taken != 0 || isOver)
                    return taken;

                // A readable stream need not have a record: it may have been discarded, or not be complete. An incomplete record keeps a
                // ring readable, so the wait alone does not end this loop.
                TimeSpan remaining = deadline.Remaining;
                isOver = remaining == TimeSpan.Zero;
                switch (Source.Wait(remaining))
                {
                    case BpfWaitResult.TimedOut:
                        return 0;
                    case BpfWaitResult.Interrupted:
                        throw new ObjectDisposedException(GetType().Name, $"Map {this} was disposed while a call waited for its records.");
                    default:
                        break;
                }
            }
        }
        finally
        {
            Source.Leave();
        }
    }
}
