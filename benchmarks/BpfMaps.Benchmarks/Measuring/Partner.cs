namespace BpfMaps.Benchmarks;

/// <summary>A second thread. It sleeps until it is to take a turn at the same time as the first.</summary>
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

    /// <summary>A turn that both threads take at once; it tells what one of them needed, on average.</summary>
    public Turn Together(Turn turn) => () =>
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
