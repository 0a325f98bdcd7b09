using BpfMaps.Tests;

[assembly: AssemblyFixture(typeof(LeakCheck))]

namespace BpfMaps.Tests;

/// <summary>Checks at the end of the run that the host holds no leaked maps, and fails the run if it does.</summary>
public sealed class LeakCheck : IDisposable
{
    public void Dispose()
    {
        // The garbage collector closes objects that were not disposed and are not referenced.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        BpfMapInfo[] left = [.. TestMaps.EnumerateLoaded()];
        Assert.True(
            left.Length == 0,
            $"The run leaked {left.Length} maps: {string.Join(", ", left.Select(info => $"'{info.Name}' ({info.Type}, id {info.Id})").Take(20))}"
        );
    }
}
