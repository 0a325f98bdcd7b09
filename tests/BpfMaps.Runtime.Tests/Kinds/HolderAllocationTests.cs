using System.Net.Sockets;

namespace BpfMaps.Tests;

/// <summary>Tests that operations on maps of kernel objects allocate no memory.</summary>
[Collection(nameof(WholeProcess))]
public sealed class HolderAllocationTests
{
    private const int Loopback = 1;

    public HolderAllocationTests() => Require.Kernel();

    [Fact]
    public void OperationsOnProgramsAndControlGroups_AllocateNothing()
    {
        using JumpsMap jumps = JumpsMap.Create();
        using GroupsMap groups = GroupsMap.Create();
        using TestProgram program = TestProgram.Load(ProgramType.SocketFilter, Instruction.Return(1));
        using Microsoft.Win32.SafeHandles.SafeFileHandle root = TestLibc.OpenCgroupRoot();
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                jumps.Set(0, program.Handle);
                jumps.Set(1, program.Handle);
                jumps.TryGetId(0, out _);
                jumps.TryGetId(2, out _);
                jumps.Count();
                jumps.Remove(0);
                jumps.Clear();
                groups.Set(0, root);
                groups.Remove(0);
                groups.Remove(0);
                groups.Clear();
            })
        );
    }

    [Fact]
    public void OperationsOnInterfacesAndCpus_AllocateNothing()
    {
        using DevicesMap devices = DevicesMap.Create();
        using DevicesByKeyMap byKey = DevicesByKeyMap.Create();
        using CpusMap cpus = CpusMap.Create();
        using TestProgram egress = RedirectPrograms.ForDevice();
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                devices.Set(0, Loopback);
                devices.Set(1, Loopback, egress.Handle);
                devices.TryGetValue(1, out _);
                devices.Count();
                devices.Remove(1);
                devices.Clear();
                byKey.Set(7, Loopback);
                byKey.Set(7, Loopback, egress.Handle);
                byKey.TryAdd(7, Loopback);
                byKey.TryGetValue(7, out _);
                byKey.ContainsKey(8);
                byKey.Remove(7);
                cpus.Set(0, 192);
                cpus.TryGetValue(0, out _);
                cpus.Remove(0);
            })
        );
    }

    [Fact]
    public void OperationsOnSockets_AllocateNothing()
    {
        using XsksMap xsks = XsksMap.Create();
        using PeersMap peers = PeersMap.Create();
        using PeersByFlowMap byFlow = PeersByFlowMap.Create();
        using WorkersMap workers = WorkersMap.Create();
        using SafeSocketHandle xdp = TestSockets.OpenXdp();
        using Socket socket = TestSockets.Listen();
        using Socket shared = TestSockets.OpenShared();
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                FlowKey flow = new() { Port = 1 };
                xsks.Set(0, xdp);
                xsks.TryAdd(0, xdp);
                xsks.Remove(0);
                peers.Set(0, socket);
                peers.TryAdd(0, socket);
                peers.TryGetCookie(0, out _);
                peers.Count();
                peers.Remove(0);
                peers.Remove(0);
                byFlow.Set(in flow, socket);
                byFlow.TryAdd(in flow, socket.SafeHandle);
                byFlow.TryGetCookie(in flow, out _);
                byFlow.ContainsKey(in flow);
                byFlow.Remove(in flow);
                workers.Set(0, shared);
                workers.TryGetCookie(0, out _);
                workers.Remove(0);
            })
        );
    }

    [Fact]
    public void OperationsOnMapsOfMaps_AllocateNothing()
    {
        using ShardsMap shards = ShardsMap.Create();
        using TenantsMap tenants = TenantsMap.Create();
        using FlowsMap flows = FlowsMap.Create();
        using HitsMap hits = HitsMap.Create(10);
        FlowsMap[] row = [flows, flows];
        FlowKey[] keys = [new() { Port = 2 }, new() { Port = 3 }];
        HitsMap[] values = [hits, hits];
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                FlowKey key = new() { Port = 1 };
                shards.Set(0, flows);
                shards.SetRange(1, row);
                shards.TryGetId(0, out _);
                shards.TryGetId(50, out _);
                shards.Remove(0);
                tenants.Set(in key, hits);
                tenants.TryAdd(in key, hits);
                tenants.TryUpdate(in key, hits);
                tenants.TryGetId(in key, out _);
                tenants.ContainsKey(in key);
                tenants.SetRange(keys, values);
                tenants.RemoveRange(keys);
                tenants.Remove(in key);
            })
        );
    }

    [Fact]
    public void ReadingAStackIntoASpan_AllocatesNothing()
    {
        using StacksMap stacks = StacksMap.Create();
        using TestProgram program = StackPrograms.Recorder(stacks.Raw, flags: 0);
        int id = program.Run(takesPacket: false);
        ulong[] frames = new ulong[stacks.MaxDepth];
        Assert.True(stacks.TryGetStack(id, frames, out _));
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                stacks.TryGetStack(id, frames, out _);
                stacks.TryGetStack(-1, frames, out _);
                stacks.Remove(-1);
            })
        );
    }

    [Fact]
    public void Walk_AllocatesIndependentlyOfTheNumberOfSlots()
    {
        // Old kernels wait at each lookup and each update until no program uses the map.
        using BpfArrayOfMaps<FlowsMap> shards = SequenceCount.IsSet ? FewShardsMap.Create() : ShardsMap.Create();
        using FlowsMap flows = FlowsMap.Create();
        shards.Set(0, flows);
        long ofFew = Allocations.Of(() => Walk(shards));
        shards.SetRange(1, [.. Enumerable.Repeat(flows, shards.Length - 1)]);
        Assert.Equal(ofFew, Allocations.Of(() => Walk(shards)));

        static ulong Walk(BpfArrayOfMaps<FlowsMap> shards)
        {
            ulong sum = (ulong)shards.Count();
            foreach ((int index, uint id) in shards)
                sum += (ulong)index + id;
            return sum;
        }
    }
}
