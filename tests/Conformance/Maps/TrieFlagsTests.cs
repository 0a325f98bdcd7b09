namespace BpfMaps.Tests;

/// <summary>Tries on kernels that ignore BPF_NOEXIST and BPF_EXIST refuse operations with these flags, and overwrite nothing.</summary>
public sealed class TrieFlagsTests
{
    private static readonly LpmKey<Be32> s_network = LpmKey.Parse("10.0.0.0/8");

    [Fact]
    public void FlagsThatTheKernelHonors_AreUsed()
    {
        TestHost.RequireFeature(KernelFeature.TrieFlags);
        using RoutesMap routes = RoutesMap.Create();

        Assert.True(routes.TryAdd(s_network, 1));
        Assert.False(routes.TryAdd(s_network, 2));
        Assert.True(routes.TryUpdate(s_network, 3));
        Assert.False(routes.TryUpdate(LpmKey.Parse("10.0.0.0/16"), 4));
        Assert.Equal(3u, Single(routes));
    }

    [Fact]
    public void IgnoredFlags_AreRefusedBeforeTheUpdate()
    {
        using RoutesMap routes = RoutesMap.Create(new OldHost(TestHost.Current));
        routes.Set(s_network, 1);

        BpfNotSupportedException add = Assert.Throws<BpfNotSupportedException>(() => routes.TryAdd(s_network, 2));
        Assert.Throws<BpfNotSupportedException>(() => routes.TryUpdate(LpmKey.Parse("10.0.0.0/16"), 3));

        Assert.Contains("before Linux 6.13", add.Message, StringComparison.Ordinal);
        Assert.Contains("use Set", add.Message, StringComparison.Ordinal);
        Assert.Equal(1u, Single(routes));
        Assert.Equal(1, routes.Count());
    }

    private static uint Single(RoutesMap routes) => routes.TryMatch(s_network, out uint value) ? value : 0;

    /// <summary>A host whose tries ignore the flags.</summary>
    private sealed class OldHost(BpfHost host) : ForwardingHost(host)
    {
        internal override bool HonorsTrieFlags => false;
    }
}
