using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of slots that change and inner maps that are removed between reading an inner map's id and opening it.</summary>
[Collection(nameof(WholeProcess))]
public sealed class InnerMapOpeningTests
{
    public InnerMapOpeningTests() => Require.Kernel();

    [Fact]
    public void ReplacedInnerMap_IsNotOpened()
    {
        ReplacingHost host = new();
        using ShardsMap shards = ShardsMap.Create(host);
        using FlowsMap next = FlowsMap.Create(host);
        uint gone;
        using (FlowsMap first = FlowsMap.Create(host))
        {
            shards.Set(0, first);
            gone = first.Info.Id;
        }
        host.BeforeOpening = () =>
        {
            host.BeforeOpening = null;
            shards.Set(0, next);
            TestMaps.AwaitGone(gone);
        };
        Assert.True(shards.TryGet(0, out FlowsMap? opened));
        using (opened)
            Assert.Equal(next.Info.Id, opened.Info.Id);
    }

    [Fact]
    public void InnerMapThatCannotBeOpened_IsAnError()
    {
        ReplacingHost host = new() { OpensNothing = true };
        using ShardsMap shards = ShardsMap.Create(host);
        using FlowsMap flows = FlowsMap.Create(host);
        shards.Set(0, flows);
        Assert.Equal(Errno.ENOENT, Assert.Throws<BpfException>(() => shards.TryGet(0, out _)).Errno);
    }

    [Fact]
    public void InnerMapOfAnotherShape_IsClosed()
    {
        using RawMap template = TestMaps.Create(BpfMapType.Hash, valueSize: 32);
        using RawMap raw = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.ArrayOfMaps,
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 100,
                InnerMap = template,
            }
        );
        ShardsMap shards = ShardsMap.FromRaw(raw);
        Assert.Equal(BpfUpdateResult.Ok, raw.Update(TestMaps.Bytes(0), TestMaps.Bytes((int)template.Handle.DangerousGetHandle())));
        int before = OpenDescriptors.CountMaps();
        Assert.Throws<BpfMapMismatchException>(() => shards.TryGet(0, out _));
        Assert.Equal(before, OpenDescriptors.CountMaps());
    }

    /// <summary>The kernel's host with an action that runs before a map is opened by its id.</summary>
    private sealed class ReplacingHost() : ForwardingHost(Kernel)
    {
        public Action? BeforeOpening { get; set; }

        public bool OpensNothing { get; init; }

        internal override int OpenMapById(uint id, BpfMapAccess access, out SafeHandle? map)
        {
            BeforeOpening?.Invoke();
            map = null;
            return OpensNothing ? Errno.ENOENT : base.OpenMapById(id, access, out map);
        }
    }
}
