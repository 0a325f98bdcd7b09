using System.Diagnostics.CodeAnalysis;
using BpfMaps.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BpfMaps;

/// <summary>
/// A health check of an object that was added with <c>AddBpfObject</c>: its maps are open and its programs are attached. Add it with
/// <c>services.AddHealthChecks().AddCheck&lt;BpfObjectHealthCheck&lt;Guard>>("guard")</c>.
/// </summary>
/// <remarks>
/// Unhealthy: a program is not attached, for example because its interface was removed or another process detached it. Degraded: all
/// programs are attached, but a pin was removed, so that they would not survive a restart. The data of the result has the links by
/// program.
/// </remarks>
/// <typeparam name="T">The generated class of the object.</typeparam>
public sealed class BpfObjectHealthCheck<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] T> : IHealthCheck
    where T : BpfTypedObject
{
    private readonly HostedObject<T> _hosted;

    /// <summary>Initializes a new instance for the object of an application. The service provider calls it.</summary>
    /// <param name="services">The services of the application.</param>
    /// <exception cref="InvalidOperationException">The object was not added with <c>AddBpfObject</c>.</exception>
    public BpfObjectHealthCheck(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _hosted =
            (HostedObject<T>?)services.GetService(typeof(HostedObject<T>))
            ?? throw new InvalidOperationException($"There is no hosted BPF object '{typeof(T).Name}': add it with AddBpfObject.");
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_hosted.Check());
}
