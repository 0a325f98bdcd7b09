using System.Runtime.InteropServices;
using BpfMaps;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Guard;

/// <summary>
/// Applies settings and blocklist before the filter is attached, and the blocklist again when the file changes or at SIGHUP.
/// </summary>
internal sealed class RulesService(GuardObject guard, Options options, ILogger<RulesService> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(100);

    private readonly RuleTable _table = new(guard.Rules4, guard.Rules6);
    private readonly Lock _gate = new();
    private FileSystemWatcher? _watcher;
    private PosixSignalRegistration? _signal;
    private Timer? _timer;

    /// <exception cref="FormatException">The file has a line that is not a rule.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        uint process = (uint)Environment.ProcessId;
        guard.Settings[0] = new Settings
        {
            Limit = options.Limit,
            Daemon = process,
            DaemonStarted = DaemonProcess.StartOf(process),
            Interface = new(options.Interface),
        };
        // Watching starts before reading, so that no change is missed.
        if (options.Blocklist is { } path)
            Watch(path);
        Apply();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        guard.Settings[0] = guard.Settings[0] with { Daemon = 0 };
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _signal?.Dispose();
        _watcher?.Dispose();
        _timer?.Dispose();
    }

    private void Watch(string path)
    {
        // Editors write a file in several steps, or replace it: a change is applied when no other has followed for a moment.
        _timer = new Timer(_ => TryApply());
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        _watcher.Changed += (_, _) => _timer.Change(s_settling, Timeout.InfiniteTimeSpan);
        _watcher.Created += (_, _) => _timer.Change(s_settling, Timeout.InfiniteTimeSpan);
        _watcher.Renamed += (_, _) => _timer.Change(s_settling, Timeout.InfiniteTimeSpan);
        _watcher.EnableRaisingEvents = true;
        _signal = PosixSignalRegistration.Create(
            PosixSignal.SIGHUP,
            context =>
            {
                context.Cancel = true;
                TryApply();
            }
        );
    }

    private void TryApply()
    {
        try
        {
            Apply();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or BpfException)
        {
            Log.NotApplied(logger, exception.Message);
        }
        catch (ObjectDisposedException)
        {
            // The daemon stops.
        }
    }

    private void Apply()
    {
        lock (_gate)
        {
            // Without a file, the rules of a file of an earlier start are removed.
            (int added, int removed) = Blocklist.Apply(options.Blocklist is { } path ? Blocklist.Read(path) : [], _table);
            if (options.Blocklist is not null)
                Log.Applied(logger, options.Blocklist, added, removed);
        }
    }
}
