using System.Runtime.CompilerServices;

namespace BpfMaps;

// Reading without a thread.
public abstract partial class BpfEventStream<T>
{
    /// <summary>Reads records as they come, without blocking a thread: <c>await foreach (T record in events.ReadAllAsync(token))</c>.</summary>
    /// <remarks>
    /// <para>Records come in the stream's order, each copied out when it is asked for. Nothing is read ahead: while the consumer is slow the records
    /// stay in the stream, whose size bounds what is kept. Programs drop new records when it is full.</para>
    /// <para>The reading is the stream's one consumer from its first step until its enumerator is disposed, which <c>await foreach</c> does at the loop's
    /// end however it comes. All readings of the process share one waiting thread, which is there only as long as one of them has waited and
    /// has not ended. The code after a wait runs on the thread pool, or where the captured context says.</para>
    /// <para>When the map is disposed the reading ends as if the stream had ended; records that were not asked for stay in it. Waiting allocates
    /// nothing, and neither do records.</para>
    /// </remarks>
    /// <param name="cancellationToken">Ends the reading, at once: records that are there already are not delivered any more and stay in the stream.</param>
    /// <returns>An endless sequence.</returns>
    /// <exception cref="OperationCanceledException">From the enumerator: the token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">From the enumerator's first step: the stream is being read already.</exception>
    /// <exception cref="BpfMalformedRecordException">From the enumerator: a record is shorter than <typeparamref name="T"/> and there is no <see cref="OnMalformed"/>.</exception>
    /// <exception cref="ObjectDisposedException">From the enumerator's first step: the map is disposed already.</exception>
    /// <exception cref="BpfException">From the enumerator: waiting failed, because no descriptors are left, for example.</exception>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Source.Enter();
        try
        {
            using StreamSignal signal = Source.BeginAsync();
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static state => ((StreamSignal)state!).Stop(), signal);
            while (!Source.IsClosing)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TryTake(out T record))
                {
                    yield return record;
                    continue;
                }

                // Only what comes after the arming is sure to end the wait: a perf buffer tells of its samples once, and being
                // armed may be what it was told to.
                ValueTask wait = signal.WaitAsync();
                if (Source.HasRecords)
                    signal.CompleteNow();
                await wait.ConfigureAwait(false);
            }
        }
        finally
        {
            Source.EndAsync();
            Source.Leave();
        }
    }

    private bool TryTake(out T record)
    {
        CopySink<T> sink = new(Malformed);
        int taken = Source.Drain(ref sink, limit: 1);
        record = sink.Record;
        return taken != 0;
    }
}
