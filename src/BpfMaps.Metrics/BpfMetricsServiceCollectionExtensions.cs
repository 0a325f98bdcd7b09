using BpfMaps;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds metrics of BPF maps to an application with a generic host.</summary>
public static class BpfMetricsServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="BpfMetricsRegistry"/> that lives as long as the application.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Adds the maps; called once, when the application starts.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddBpfMetrics(this IServiceCollection services, Action<BpfMetricsRegistry> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddBpfMetrics((_, metrics) => configure(metrics));
    }

    /// <summary>Adds a <see cref="BpfMetricsRegistry"/> that lives as long as the application.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Adds the maps, which may be services; called once, when the application starts.</param>
    /// <returns>The services.</returns>
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
        // Where only the meter is collected, nobody else would ask for the registry.
        services.AddSingleton<IHostedService, BpfMaps.Metrics.RegistryStart>();
        return services;
    }
}
