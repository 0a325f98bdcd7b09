namespace BpfMaps.Benchmarks;

/// <summary>A second thread that takes turns concurrently with the first and sleeps between them.</summary>
internal sealed class Partner : IDisposable
{
    private readonly Barrier _barrier = new(2);
    private readonly Thread _thread;
    private Turn? _turn;
    private double _nanoseconds;

    public Partner()
    {
        _thread = new Thread(Work) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Creates a turn that both threads take concurrently. It returns the average time of one thread.</summary>
    public Turn Together(Turn turn) =>
        () =>
        {
            _turn = turn;
            _barrier.SignalAndWait();
            double nanoseconds = turn();
            _barrier.SignalAndWait();
            return (nanoseconds + _nanoseconds) / 2;
        };

    public void Dispose()
    {
        _turn = null;
        _barrier.SignalAndWait();
        _thread.Join();
        _barrier.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            _barrier.SignalAndWait();
            if (_turn is not { } turn)
                return;
            _nanoseconds = turn();
            _barrier.SignalAndWait();
        }
    }
}
