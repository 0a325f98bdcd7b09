using System.Diagnostics.CodeAnalysis;
using BpfMaps;
using BpfMaps.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add BPF objects to applications with a generic host.</summary>
public static class BpfHostingServiceCollectionExtensions
{
    private const DynamicallyAccessedMemberTypes Factories = DynamicallyAccessedMemberTypes.PublicMethods;

    /// <summary>
    /// Adds a BPF object as a singleton, which is loaded when it is first requested, at the latest when the application starts. Its
    /// programs are attached when the application starts.
    /// </summary>
    /// <typeparam name="T">The class that is generated for <see cref="BpfObjectAttribute"/>.</typeparam>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Sets the options; called once.</param>
    /// <returns>The service collection.</returns>
    /// <remarks>
    /// Hosted services that were added before are started first, those that were added after it when the programs are attached. If the
    /// object cannot be loaded or attached, the application does not start, and the exception says why.
    /// </remarks>
    public static IServiceCollection AddBpfObject<[DynamicallyAccessedMembers(Factories)] T>(
        this IServiceCollection services,
        Action<BpfHostedObjectOptions<T>> configure
    )
        where T : BpfTypedObject
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddBpfObject<T>((_, options) => configure(options));
    }

    /// <summary>
    /// Adds a BPF object as a singleton, which is loaded when it is first requested, at the latest when the application starts. All its
    /// programs are attached, as their sections specify, when the application starts, and detached when it stops.
    /// </summary>
    /// <typeparam name="T">The class that is generated for <see cref="BpfObjectAttribute"/>.</typeparam>
    /// <param name="services">The service collection.</param>
    /// <returns>The service collection.</returns>
    public static IServiceCollection AddBpfObject<[DynamicallyAccessedMembers(Factories)] T>(this IServiceCollection services)
        where T : BpfTypedObject => services.AddBpfObject<T>(static (_, _) => { });

    /// <summary>
    /// Adds a BPF object as a singleton, which is loaded when it is first requested, at the latest when the application starts. Its
    /// programs are attached when the application starts.
    /// </summary>
    /// <typeparam name="T">The class that is generated for <see cref="BpfObjectAttribute"/>.</typeparam>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Sets the options, for which it may use other services; called once.</param>
    /// <returns>The service collection.</returns>
    public static IServiceCollection AddBpfObject<[DynamicallyAccessedMembers(Factories)] T>(
        this IServiceCollection services,
        Action<IServiceProvider, BpfHostedObjectOptions<T>> configure
    )
        where T : BpfTypedObject
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddSingleton(provider =>
        {
            BpfHostedObjectOptions<T> options = new();
            configure(provider, options);
            return new HostedObject<T>(options, provider.GetRequiredService<ILoggerFactory>());
        });
        services.AddSingleton(static provider => provider.GetRequiredService<HostedObject<T>>().Object);
        services.AddSingleton<IHostedService, HostedObjectService<T>>();
        return services;
    }
}
