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
    public IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken = default) => new Readings(this, cancellationToken);

    private sealed class Readings(BpfEventStream<T> stream, CancellationToken cancellationToken) : IAsyncEnumerable<T>
    {
        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken ownToken) => new Reading(stream, cancellationToken, ownToken);
    }

    /// <summary>One reading. What is there it hands out itself; how it begins, waits and ends is in <see cref="Steps"/>.</summary>
    /// <remarks>A step of an asynchronous iterator costs several times what a record does, so only what is not there, or not as usual, is one.</remarks>
    private sealed class Reading : IAsyncEnumerator<T>
    {
        private readonly BpfEventStream<T> _stream;
        private readonly IAsyncEnumerator<bool> _steps;
        private CancellationToken _cancellationToken;
        private bool _isAtRecord; // The steps stand at a record: the stream is this reading's, and nothing waits.
        private T _current;

        public Reading(BpfEventStream<T> stream, CancellationToken cancellationToken, CancellationToken ownToken)
        {
            _stream = stream;
            _steps = Steps(cancellationToken).GetAsyncEnumerator(ownToken);
        }

        public T Current => _current;

        public ValueTask<bool> MoveNextAsync() =>
            _isAtRecord && !_stream.Source.IsClosing && !_cancellationToken.IsCancellationRequested && _stream.TryTakePlain(out _current)
                ? new ValueTask<bool>(true)
                : _steps.MoveNextAsync();

        public ValueTask DisposeAsync() => _steps.DisposeAsync();

        private async IAsyncEnumerable<bool> Steps([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            RecordSource source = _stream.Source;
            source.Enter();
            try
            {
                using StreamSignal signal = source.BeginAsync();
                using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static state => ((StreamSignal)state!).Stop(), signal);
                _cancellationToken = cancellationToken;
                while (!source.IsClosing)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (_stream.TryTake(out _current))
                    {
                        _isAtRecord = true;
                        yield return true;
                        _isAtRecord = false;
                        continue;
                    }

                    // Only what comes after the arming is sure to end the wait: a perf buffer tells of its samples once, and being
                    // armed may be what it was told to.
                    ValueTask wait = signal.WaitAsync();
                    if (source.HasRecords)
                        signal.CompleteNow();
                    await wait.ConfigureAwait(false);
                }
            }
            finally
            {
                _isAtRecord = false;
                source.EndAsync();
                source.Leave();
            }
        }
    }
}
