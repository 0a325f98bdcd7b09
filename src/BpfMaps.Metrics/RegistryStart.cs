using Microsoft.Extensions.Hosting;

namespace BpfMaps.Metrics;

/// <summary>Creates the registry when the application starts.</summary>
internal sealed class RegistryStart(BpfMetricsRegistry metrics) : IHostedService
{
    /// <summary>The registry.</summary>
    public BpfMetricsRegistry Metrics { get; } = metrics;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
