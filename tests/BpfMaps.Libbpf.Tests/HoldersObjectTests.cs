using System.Net;
using System.Net.Sockets;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of an object class's members for maps that hold kernel objects, on the kernel.</summary>
public sealed class HoldersObjectTests
{
    private const int Pass = 2; // XDP_PASS
    private const int Transmit = 3; // XDP_TX

    private static readonly byte[] s_packet = new byte[64];

    [Fact]
    public void CommittedLayout_MatchesTheObject()
    {
        string described = LayoutWriter.Write(BpfObjectFile.Open(CompiledFixture.Path("holders")));

        Assert.Equal(described, File.ReadAllText(ClangCompiler.FixturePath("holders.bpf.layout")));
    }

    [Fact]
    public void ProgramOfTheObject_CanBeStoredInItsArray()
    {
        using HoldersObject holders = Loaded();
        Assert.Equal(Pass, holders.Entry.TestRun(s_packet).ReturnValue);

        holders.Jumps.Set(1, holders.Target);

        Assert.Equal(Transmit, holders.Entry.TestRun(s_packet).ReturnValue);
        Assert.True(holders.Jumps.TryGetId(1, out _));
        Assert.Throws<ArgumentNullException>(() => holders.Jumps.Set(1, (BpfObjectProgram)null!));
    }

    [Fact]
    public void InnerMaps_AreAddedAndOpenedAsDeclared()
    {
        using HoldersObject holders = Loaded();
        using HoldersObject.HistogramsInnerMap buckets = HoldersObject.HistogramsInnerMap.Create();
        using HoldersObject.TenantsInnerMap tenant = HoldersObject.TenantsInnerMap.Create(1000);
        tenant[1] = 7;

        holders.Histograms.Set(2, buckets);
        holders.Tenants.Set(42, tenant);

        Assert.Equal(4, buckets.Length);
        Assert.Equal([KeyValuePair.Create(2, buckets.Info.Id)], holders.Histograms);
        Assert.True(holders.Tenants.TryGet(42, out HoldersObject.TenantsInnerMap? again));
        using (again)
            Assert.Equal(7ul, again[1]);
    }

    [Fact]
    public void InterfacesAndCpus_AcceptProgramsOfTheObject()
    {
        const int Loopback = 1;
        using HoldersObject holders = Loaded();
        holders.Devices.Set(3, Loopback, holders.OnEgress);
        holders.DeviceHash.Set(9, Loopback);
        holders.Cpus.Set(0, 192, holders.OnCpu);

        Assert.True(holders.Devices.TryGetValue(3, out BpfDevMapValue device));
        Assert.True(holders.Cpus.TryGetValue(0, out BpfCpuMapValue cpu));
        Assert.Equal((Loopback, 192), (device.InterfaceIndex, cpu.QueueSize));
        Assert.NotEqual(0u, device.ProgramId);
        Assert.NotEqual(0u, cpu.ProgramId);
        Assert.Equal([KeyValuePair.Create(9u, new BpfDevMapValue(Loopback, 0))], holders.DeviceHash);
        Assert.Throws<InvalidOperationException>(() => holders.DeviceHash.Set(9, Loopback, holders.OnEgress));
        Assert.Throws<BpfException>(() => holders.Devices.Set(3, Loopback, holders.OnCpu));
        Assert.Equal(4, holders.Queues.Length);
    }

    [Fact]
    public void Sockets_CanBeStoredInTheMapsOfTheObject()
    {
        using HoldersObject holders = Loaded();
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();

        holders.Sockets.Set(1, listener);
        holders.SocketHash.Set(77, listener);

        ulong cookie = BpfSocketCookie.Get(listener);
        Assert.Equal([KeyValuePair.Create(1, cookie)], holders.Sockets);
        Assert.Equal([KeyValuePair.Create(77ul, cookie)], holders.SocketHash);
        Assert.Empty(holders.Listeners);
    }

    [Fact]
    public void StacksAndControlGroups_HaveTheSizesInTheObject()
    {
        using HoldersObject holders = Loaded();
        Assert.Equal((20, 20), (holders.Stacks.MaxDepth, holders.BuildIds.MaxDepth));
        Assert.Empty(holders.Stacks.Ids);
        Assert.False(holders.BuildIds.TryGetStack(0, out BpfStackBuildId[]? _));
        holders.Groups.Set(2, Require.Cgroup2());
        Assert.True(holders.Groups.Remove(2));
    }

    private static HoldersObject Loaded()
    {
        HoldersObject holders = HoldersObject.Open(CompiledFixture.Path("holders"));
        holders.Load();
        return holders;
    }
}
