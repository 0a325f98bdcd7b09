using BpfMaps.Tests;

[assembly: AssemblyFixture(typeof(LeakCheck))]

namespace BpfMaps.Tests;

/// <summary>Looks at the end of the run whether a BPF descriptor or a mapping of a map's memory is left, and fails the run.</summary>
/// <remarks>The run ends with an error then; the sentence is shown by <c>dotnet test --logger "console;verbosity=detailed"</c>.</remarks>
public sealed class LeakCheck : IDisposable
{
    private readonly (int Descriptors, int Mappings) _before = Count();

    public void Dispose()
    {
        // What nobody disposed and nobody holds is the garbage collector's to close.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        (int Descriptors, int Mappings) after = Count();
        Assert.True(
            after == _before,
            $"The run left {after.Descriptors - _before.Descriptors} BPF descriptors and {after.Mappings - _before.Mappings} mappings open.");
    }

    private static (int Descriptors, int Mappings) Count() =>
        OperatingSystem.IsLinux() ? (OpenDescriptors.CountAll(), OpenDescriptors.CountMappings()) : default;
}
