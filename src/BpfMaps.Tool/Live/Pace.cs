using System.CommandLine;
using System.Runtime.InteropServices;

namespace BpfMaps.Tool.Live;

/// <summary>The refreshes of a command that runs until it is interrupted, and the options for them.</summary>
internal sealed class Pace : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _termination;
    private readonly TimeSpan _interval;
    private bool _isDisposed;

    public Pace(TimeSpan interval, double? seconds)
    {
        _interval = interval;
        if (seconds is { } limit)
            _end.CancelAfter(TimeSpan.FromSeconds(limit));
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        _termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    }

    /// <summary>Canceled at the end of the time, or by Ctrl+C.</summary>
    public CancellationToken Ended => _end.Token;

    public static Option<double> CreateInterval()
    {
        Option<double> interval = new("--interval", "-i")
        {
            Description = "The seconds between two readings. Default: 1.",
            DefaultValueFactory = static _ => 1,
        };
        interval.Validators.Add(static result =>
        {
            if (result.Tokens.Count != 0 && result.GetValueOrDefault<double>() is not (>= 0.05 and <= 86400))
                result.AddError("--interval must be from 0.05 to 86400 seconds.");
        });
        return interval;
    }

    public static Option<double?> CreateSeconds() => new("--seconds") { Description = "Ends after this time. Default: runs until Ctrl+C." };

    /// <summary>Waits for the next refresh.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    public bool Next() => !_end.Token.WaitHandle.WaitOne(_interval);

    public void Dispose()
    {
        _interrupt.Dispose();
        _termination.Dispose();
        // A signal may just be handled on another thread.
        lock (_lock)
        {
            _isDisposed = true;
            _end.Dispose();
        }
    }

    private void End(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_lock)
        {
            if (!_isDisposed)
                _end.Cancel();
        }
    }
}
