using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;

namespace BpfMaps.Hosting;

/// <summary>Attaches the programs of an object when the application starts, and detaches or leaves them when it stops.</summary>
internal sealed class HostedObjectService<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] T>(
    HostedObject<T> hosted
) : IHostedService
    where T : BpfTypedObject
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        hosted.Attach();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        hosted.Stop();
        return Task.CompletedTask;
    }
}
