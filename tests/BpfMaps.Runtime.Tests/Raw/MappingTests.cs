namespace BpfMaps.Tests;

/// <summary>Tests of the number and the lifetime of this process's mappings of map memory.</summary>
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
    public void ViewsOfADisposedMap_AreUnmappedWithTheLastView()
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
    public void MapWithoutViews_IsUnmappedWhenDisposed()
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
