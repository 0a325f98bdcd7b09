using BpfMaps.Tests;

[assembly: AssemblyFixture(typeof(LeakCheck))]

namespace BpfMaps.Tests;

/// <summary>Checks at the end of the run for open BPF descriptors and mappings of map memory, and fails the run if there are any.</summary>
/// <remarks>The run then ends with an error; <c>dotnet test --logger "console;verbosity=detailed"</c> shows the message.</remarks>
public sealed class LeakCheck : IDisposable
{
    private readonly (int Descriptors, int Mappings) _before = Count();

    public void Dispose()
    {
        // The garbage collector closes objects that were not disposed and are not referenced.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        (int Descriptors, int Mappings) after = Count();
        Assert.True(
            after == _before,
            $"The run left {after.Descriptors - _before.Descriptors} BPF descriptors and {after.Mappings - _before.Mappings} mappings open."
        );
    }

    private static (int Descriptors, int Mappings) Count() =>
        OperatingSystem.IsLinux() ? (OpenDescriptors.CountAll(), OpenDescriptors.CountMappings()) : default;
}
