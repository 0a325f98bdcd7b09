using System.Runtime.CompilerServices;

namespace BpfMaps;

// Asynchronous reading.
public abstract partial class BpfEventStream<T>
{
    /// <summary>Reads all records asynchronously, as they arrive: <c>await foreach (T record in events.ReadAllAsync(token))</c>.</summary>
    /// <remarks>
    /// <para>Records are returned in the order of the stream and copied one at a time. Nothing is read ahead: if the consumer is slow,
    /// records stay in the stream, and programs drop new records when it is full.</para>
    /// <para>The enumerator is the consumer of the stream from its first step until it is disposed, which <c>await foreach</c> always does.
    /// All enumerators of the process share one waiting thread, which exists as long as there is one that has waited. Code after an
    /// <c>await</c> runs on the thread pool or in the captured context.</para>
    /// <para>Disposing the map ends the sequence; unread records stay in the stream. Neither waiting nor reading allocates.</para>
    /// </remarks>
    /// <param name="cancellationToken">Cancels the enumeration immediately; unread records stay in the stream.</param>
    /// <returns>An endless sequence.</returns>
    /// <exception cref="OperationCanceledException">From the enumerator: the token was canceled.</exception>
    /// <exception cref="InvalidOperationException">From the first step of the enumerator: the stream is already being read.</exception>
    /// <exception cref="BpfMalformedRecordException">
    /// From the enumerator: a record is shorter than <typeparamref name="T"/>, and <see cref="OnMalformed"/> is not set.
    /// </exception>
    /// <exception cref="ObjectDisposedException">From the first step of the enumerator: the map is disposed.</exception>
    /// <exception cref="BpfException">
    /// From the enumerator: waiting failed, for example because the process has no descriptors left.
    /// </exception>
    public IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken = default) => new Readings(this, cancellationToken);

    private sealed class Readings(BpfEventStream<T> stream, CancellationToken cancellationToken) : IAsyncEnumerable<T>
    {
        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken ownToken) => new Reading(stream, cancellationToken, ownToken);
    }

    /// <summary>
    /// Enumerates the records. Available records are returned on a fast path; the first step, waits and the end take a slow path.
    /// </summary>
    /// <remarks>
    /// The slow path is exclusive until the step completes: a call from another thread, or before the previous step was awaited, is an
    /// exception. The fast path only checks for a step in progress. Two threads that use it at the same time may get the same record twice,
    /// but cause no other harm.
    /// </remarks>
    private sealed class Reading(BpfEventStream<T> stream, CancellationToken cancellationToken, CancellationToken ownToken)
        : IAsyncEnumerator<T>
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
        private bool _isAtRecord; // The last step returned a record: this enumerator is the consumer, and does not wait.
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

        /// <summary>Enters the slow path, unless the enumeration has ended or a step is in progress.</summary>
        /// <returns>The previous state.</returns>
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

        private InvalidOperationException Occupied() =>
            new(
                $"MoveNextAsync of map {stream} has not completed: await it before calling MoveNextAsync or DisposeAsync again. An enumerator has one caller at a time."
            );

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

                        // Only records after the arming are certain to end the wait: a perf buffer signals its samples once, possibly in
                        // reply to the arming itself.
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
                _linked = cancellationToken.CanBeCanceled
                    ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ownToken)
                    : null;
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
