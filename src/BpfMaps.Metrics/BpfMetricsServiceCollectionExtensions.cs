using BpfMaps;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add metrics of BPF maps to applications with a generic host.</summary>
public static class BpfMetricsServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="BpfMetricsRegistry"/> as a singleton.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Adds the maps; called once, when the application starts.</param>
    /// <returns>The service collection.</returns>
    public static IServiceCollection AddBpfMetrics(this IServiceCollection services, Action<BpfMetricsRegistry> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddBpfMetrics((_, metrics) => configure(metrics));
    }

    /// <summary>Adds a <see cref="BpfMetricsRegistry"/> as a singleton.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Adds the maps, which may be services; called once, when the application starts.</param>
    /// <returns>The service collection.</returns>
    public static IServiceCollection AddBpfMetrics(this IServiceCollection services, Action<IServiceProvider, BpfMetricsRegistry> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddSingleton(provider =>
        {
            BpfMetricsRegistry metrics = new();
            configure(provider, metrics);
            return metrics;
        });
        // Creates the registry even if only the meter is collected.
        services.AddSingleton<IHostedService, BpfMaps.Metrics.RegistryStart>();
        return services;
    }
}
