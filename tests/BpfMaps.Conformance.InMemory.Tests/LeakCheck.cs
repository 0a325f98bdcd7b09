using BpfMaps.Tests;

[assembly: AssemblyFixture(typeof(LeakCheck))]

namespace BpfMaps.Tests;

/// <summary>Looks at the end of the run whether the host still holds a map, which then leaked, and fails the run.</summary>
public sealed class LeakCheck : IDisposable
{
    public void Dispose()
    {
        // What nobody disposed and nobody holds is the garbage collector's to close.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        BpfMapInfo[] left = [.. TestMaps.EnumerateLoaded()];
        Assert.True(left.Length == 0, $"The run left {left.Length} maps: {string.Join(", ", left.Select(info => $"'{info.Name}' ({info.Type}, id {info.Id})").Take(20))}");
    }
}
