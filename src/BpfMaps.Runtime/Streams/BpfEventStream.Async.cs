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

    /// <summary>One reading. What is there it hands out at once; the first step, waits and the end take the longer way.</summary>
    /// <remarks>
    /// Whoever takes the longer way has the reading for itself until the step is over: another thread, or the same one that did not await its step, is refused.
    /// The short way only looks at whether somebody is there. Two threads on it at once may get the same record twice, and nothing worse.
    /// </remarks>
    private sealed class Reading(BpfEventStream<T> stream, CancellationToken cancellationToken, CancellationToken ownToken) : IAsyncEnumerator<T>
    {
        private const int New = 0;
        private const int Open = 1;
        private const int Stepping = 2;
        private const int Ended = 3;

        private CancellationTokenSource? _linked;
        private CancellationToken _cancellationToken;
        private CancellationTokenRegistration _registration;
        private StreamSignal? _signal;
        private int _state;
        private bool _isAtRecord; // The last step came to a record: the stream is this reading's, and nothing waits.
        private T _current;

        public T Current => _current;

        public ValueTask<bool> MoveNextAsync()
        {
            if (_isAtRecord && !stream.Source.IsClosing && !_cancellationToken.IsCancellationRequested && stream.TryTakePlain(out _current))
                return new ValueTask<bool>(true);

            int state = EnterStep();
            if (state == Stepping)
                return ValueTask.FromException<bool>(Occupied());
            return state == Ended ? new ValueTask<bool>(false) : StepAsync(isFirst: state == New);
        }

        public ValueTask DisposeAsync()
        {
            int state = EnterStep();
            if (state == Stepping)
                return ValueTask.FromException(Occupied());
            if (state == Open)
                End();
            Volatile.Write(ref _state, Ended);
            return ValueTask.CompletedTask;
        }

        /// <summary>Takes the reading for a step, unless it is ended or in another one.</summary>
        /// <returns>The state before.</returns>
        private int EnterStep()
        {
            int state = Volatile.Read(ref _state);
            if (state is New or Open)
            {
                int found = Interlocked.CompareExchange(ref _state, Stepping, state);
                return found == state ? state : Stepping;
            }

            return state;
        }

        private InvalidOperationException Occupied() => new(
            $"A step of this reading of map {stream} is not over yet: await MoveNextAsync before it or DisposeAsync is called again. An enumerator is for one caller at a time.");

        // Pooled: a step that waits allocates nothing.
        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<bool> StepAsync(bool isFirst)
        {
            RecordSource source = stream.Source;
            _isAtRecord = false;
            int next = Ended;
            try
            {
                if (isFirst)
                    source.Enter();
                try
                {
                    if (isFirst)
                        Begin(source);
                    while (!source.IsClosing)
                    {
                        _cancellationToken.ThrowIfCancellationRequested();
                        if (stream.TryTake(out _current))
                        {
                            _isAtRecord = true;
                            next = Open;
                            return true;
                        }

                        // Only what comes after the arming is sure to end the wait: a perf buffer tells of its samples once, and being
                        // armed may be what it was told to.
                        ValueTask wait = _signal!.WaitAsync();
                        if (source.HasRecords)
                            _signal.CompleteNow();
                        await wait.ConfigureAwait(false);
                    }

                    return false;
                }
                finally
                {
                    if (next == Ended)
                        End();
                }
            }
            finally
            {
                Volatile.Write(ref _state, next);
            }
        }

        private void Begin(RecordSource source)
        {
            _cancellationToken = cancellationToken;
            if (ownToken.CanBeCanceled && ownToken != cancellationToken)
            {
                _linked = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ownToken) : null;
                _cancellationToken = _linked?.Token ?? ownToken;
            }

            _signal = source.BeginAsync();
            _registration = _cancellationToken.UnsafeRegister(static state => ((StreamSignal)state!).Stop(), _signal);
        }

        private void End()
        {
            _isAtRecord = false;
            _registration.Dispose();
            _linked?.Dispose();
            stream.Source.EndAsync();
            _signal?.Dispose();
            stream.Source.Leave();
        }
    }
}
