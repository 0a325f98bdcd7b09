using BpfMaps;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Guard;

/// <summary>Logs dropped packets, at most ten in a second; the others are only counted.</summary>
internal sealed class DropLog(GuardObject guard, IHostApplicationLifetime lifetime, ILogger<DropLog> logger) : BackgroundService
{
    private const int PerSecond = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            ulong second = 0;
            long count = 0;
            await foreach (Drop drop in guard.Drops.ReadAllAsync(stoppingToken))
            {
                if (drop.At / 1_000_000_000 is var current && current != second)
                {
                    if (count > PerSecond)
                        Log.DroppedMore(logger, count - PerSecond);
                    (second, count) = (current, 0);
                }
                if (++count <= PerSecond)
                    Log.Dropped(logger, drop);
            }
        }
        catch (BpfException exception)
        {
            Log.NoDrops(logger, exception.Message);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }
}
