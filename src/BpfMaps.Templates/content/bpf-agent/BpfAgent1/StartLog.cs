using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agent;

/// <summary>Logs the programs that start.</summary>
public sealed partial class StartLog(StartEvents events, ILogger<StartLog> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (StartEvent started in events.ReadAllAsync(stoppingToken))
            LogStart(started.ProcessId, started.Command.ToString());
    }

    [LoggerMessage(1, LogLevel.Information, "Process {ProcessId} started {Command}")]
    private partial void LogStart(uint processId, string command);
}
