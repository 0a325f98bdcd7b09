namespace BpfMaps.Tests;

/// <summary>Tests of map classes on maps that do not match their schema, which opening through the schema would reject.</summary>
public sealed class HolderConstructionTests
{
    public HolderConstructionTests() => Require.Kernel();

    [Fact]
    public void ValuesThatAreNotFrames_AreRejected()
    {
        using RawMap odd = TestMaps.Create(BpfMapType.StackTrace, valueSize: 40, maxEntries: 4);
        Assert.Contains(
            "value_size 40, which is not a multiple of the frame size 32",
            Assert.Throws<ArgumentException>(() => new Places(odd)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void MapsOfMaps_RequireAFunctionThatOpensInnerMaps()
    {
        using ShardsMap shards = ShardsMap.Create();
        using TenantsMap tenants = TenantsMap.Create();
        Assert.Equal("open", Assert.Throws<ArgumentNullException>(() => new Shards(shards.Raw)).ParamName);
        Assert.Equal("open", Assert.Throws<ArgumentNullException>(() => new Tenants(tenants.Raw)).ParamName);
    }

    private sealed class Places(RawMap raw) : BpfBuildIdStackTraceMap(raw, PlacesMap.Schema);

    private sealed class Shards(RawMap raw) : BpfArrayOfMaps<FlowsMap>(raw, ShardsMap.Schema, null!);

    private sealed class Tenants(RawMap raw) : BpfHashOfMaps<FlowKey, HitsMap>(raw, TenantsMap.Schema, null!);
}
