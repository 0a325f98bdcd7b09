namespace BpfMaps.Tests;

/// <summary>How many mappings of maps' memory this process has, and for how long.</summary>
[Collection(nameof(WholeProcess))]
public sealed class MappingTests
{
    [Fact]
    public void Views_ShareOneMapping()
    {
        using RawMap map = Create();
        int before = OpenDescriptors.CountMappings();
        using BpfMemoryView first = map.Map();
        using BpfMemoryView second = map.Map();
        Assert.Equal(before + 1, OpenDescriptors.CountMappings());
        Assert.Equal(first.Length, second.Length);
    }

    [Fact]
    public void ViewsOfADisposedMap_UnmapWithTheLastOfThem()
    {
        int before = OpenDescriptors.CountMappings();
        RawMap map = Create();
        BpfMemoryView first = map.Map();
        BpfMemoryView second = map.Map();
        map.Dispose();
        first.Dispose();
        Assert.Equal(before + 1, OpenDescriptors.CountMappings());
        second.Dispose();
        Assert.Equal(before, OpenDescriptors.CountMappings());
    }

    [Fact]
    public void MapWithoutLivingViews_UnmapsWhenItIsDisposed()
    {
        int before = OpenDescriptors.CountMappings();
        using (RawMap map = Create())
        {
            map.Map().Dispose();
            map.MapReadOnly().Dispose();
        }

        Assert.Equal(before, OpenDescriptors.CountMappings());
    }

    private static RawMap Create() => TestMaps.Create(BpfMapType.Array, flags: BpfMapFlags.Mmapable);
}
