using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of the reasons why libbpf does not load an object, found in its definitions.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("hidden", "it is static; libbpf wants maps to be global variables")]
    [InlineData("table", "its key has 8 bytes; the keys of maps of type Array have 4")]
    [InlineData("narrow", "its key has 1 byte; the keys of maps of type Array have 4")]
    [InlineData("unknown", "libbpf cannot determine the size of its value: 'undefined struct undefined' has no size")]
    [InlineData("elsewhere", "its pinning is 100; libbpf supports 0 (none) and 1 (by name)")]
    [InlineData("colored", "libbpf does not support its member 'color'")]
    [InlineData("queue", "its key has 4 bytes; maps of type Queue have no keys")]
    [InlineData("trie", "it has no flag BPF_F_NO_PREALLOC, which tries require")]
    public void Map_IsRefused(string map, string reason) => Assert.Equal([reason], Fixture.Open("unloadable").GetMap(map).Refusals);

    [Theory]
    [InlineData("unloadable", "good")]
    [InlineData("unloadable", "later")]
    [InlineData("members", "routes")]
    [InlineData("members", "stacks")]
    [InlineData("maps", "flows")]
    public void Map_IsNotRefused(string fixture, string map) => Assert.Empty(Fixture.Open(fixture).GetMap(map).Refusals);

    [Fact]
    public void MapsOfTheOldSection_AreRefusedAsAWhole()
    {
        BpfObjectFile file = Fixture.Open("legacy");
        Assert.Empty(file.Maps);
        Assert.Contains("section 'maps'", Assert.Single(file.Refusals), StringComparison.Ordinal);
        Assert.Empty(Fixture.Open("maps").Refusals);
    }
}
