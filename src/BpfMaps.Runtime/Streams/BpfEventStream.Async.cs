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
    public AsyncRecords ReadAllAsync(CancellationToken cancellationToken = default) => new(this, cancellationToken);

    /// <summary>
    /// The records of a stream as they arrive. <c>await foreach</c> uses its enumerator directly, without calls through interfaces.
    /// </summary>
    public sealed class AsyncRecords : IAsyncEnumerable<T>
    {
        private readonly BpfEventStream<T> _stream;
        private readonly CancellationToken _cancellationToken;

        internal AsyncRecords(BpfEventStream<T> stream, CancellationToken cancellationToken)
        {
            _stream = stream;
            _cancellationToken = cancellationToken;
        }

        /// <summary>Creates an enumerator. It becomes the consumer of the stream with its first step.</summary>
        /// <param name="cancellationToken">Cancels the enumeration, like the token of <see cref="ReadAllAsync"/>.</param>
        /// <returns>The enumerator.</returns>
        public AsyncEnumerator GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            new(_stream, _cancellationToken, cancellationToken);

        IAsyncEnumerator<T> IAsyncEnumerable<T>.GetAsyncEnumerator(CancellationToken cancellationToken) =>
            GetAsyncEnumerator(cancellationToken);
    }

    /// <summary>Enumerates the records of a stream. It has one caller at a time.</summary>
    // Available records are returned on a fast path; the first step, waits and the end take a slow path, which is exclusive until the step
    // completes: a call from another thread, or before the previous step was awaited, is an exception. The fast path only checks for a step
    // in progress. Two threads that use it at the same time may get the same record twice, but cause no other harm.
    public sealed class AsyncEnumerator : IAsyncEnumerator<T>
    {
        private const int New = 0;
        private const int Open = 1;
        private const int Stepping = 2;
        private const int Ended = 3;

        private readonly BpfEventStream<T> _stream;
        private readonly CancellationToken _streamToken;
        private readonly CancellationToken _ownToken;
        private CancellationTokenSource? _linked;
        private CancellationToken _cancellationToken;
        private CancellationTokenRegistration _registration;
        private StreamSignal? _signal;
        private int _state;
        private bool _isAtRecord; // The last step returned a record: this enumerator is the consumer, and does not wait.
        private T _current;

        internal AsyncEnumerator(BpfEventStream<T> stream, CancellationToken streamToken, CancellationToken ownToken)
        {
            _stream = stream;
            _streamToken = streamToken;
            _ownToken = ownToken;
        }

        /// <summary>Gets the current record.</summary>
        public T Current => _current;

        /// <summary>Advances to the next record, and waits for it if there is none.</summary>
        /// <returns>A task whose result is <see langword="false"/> after the map was disposed.</returns>
        /// <exception cref="OperationCanceledException">The enumeration was canceled.</exception>
        /// <exception cref="InvalidOperationException">
        /// The stream is already being read, or the previous step was not awaited.
        /// </exception>
        /// <exception cref="BpfMalformedRecordException">The record is shorter than <typeparamref name="T"/>.</exception>
        /// <exception cref="BpfException">Waiting failed.</exception>
        public ValueTask<bool> MoveNextAsync()
        {
            // Closing the stream and canceling both stop the signal.
            if (_isAtRecord && !_signal!.IsStopped && _stream.TryTakePlain(out _current))
                return new ValueTask<bool>(true);

            int state = EnterStep();
            if (state == Stepping)
                return ValueTask.FromException<bool>(Occupied());
            return state == Ended ? new ValueTask<bool>(false) : StepAsync(isFirst: state == New);
        }

        /// <summary>Ends the enumeration: another consumer can read the stream.</summary>
        /// <returns>A completed task.</returns>
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
                $"MoveNextAsync of map {_stream} has not completed: await it before calling MoveNextAsync or DisposeAsync again. An enumerator has one caller at a time."
            );

        // Pooled: a step that waits allocates nothing.
        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<bool> StepAsync(bool isFirst)
        {
            RecordSource source = _stream.Source;
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
                        if (_stream.TryTake(out _current))
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
            _cancellationToken = _streamToken;
            if (_ownToken.CanBeCanceled && _ownToken != _streamToken)
            {
                _linked = _streamToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(_streamToken, _ownToken) : null;
                _cancellationToken = _linked?.Token ?? _ownToken;
            }

            _signal = source.BeginAsync();
            _registration = _cancellationToken.UnsafeRegister(static state => ((StreamSignal)state!).Stop(), _signal);
        }

        private void End()
        {
            _isAtRecord = false;
            _registration.Dispose();
            _linked?.Dispose();
            _stream.Source.EndAsync();
            _signal?.Dispose();
            _stream.Source.Leave();
        }
    }
}
