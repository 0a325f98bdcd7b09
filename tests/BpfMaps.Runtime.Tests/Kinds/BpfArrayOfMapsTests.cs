using BpfMaps.Metadata;

namespace BpfMaps.Tests;

public sealed class BpfArrayOfMapsTests
{
    public BpfArrayOfMapsTests() => Require.Kernel();

    [Fact]
    public void Slot_ReturnsItsMap()
    {
        using ShardsMap shards = ShardsMap.Create();
        using FlowsMap flows = FlowsMap.Create();
        flows[new() { Port = 1 }] = new() { Packets = 42 };

        Assert.False(shards.TryGetId(7, out uint id));
        Assert.Equal(0u, id);
        Assert.False(shards.TryGet(7, out FlowsMap? opened));
        Assert.Null(opened);

        shards.Set(7, flows);
        Assert.True(shards.TryGetId(7, out id));
        Assert.Equal(flows.Info.Id, id);
        Assert.True(shards.TryGet(7, out opened));
        using (opened)
        {
            Assert.Equal(42ul, opened[new() { Port = 1 }].Packets);
            opened[new() { Port = 1 }] = new() { Packets = 43 };
        }
        Assert.Equal(43ul, flows[new() { Port = 1 }].Packets);
    }

    [Fact]
    public void Slot_KeepsItsMapAlive()
    {
        using ShardsMap shards = ShardsMap.Create();
        uint id;
        using (FlowsMap flows = FlowsMap.Create())
        {
            id = flows.Info.Id;
            flows[default] = new() { Packets = 1 };
            shards.Set(0, flows);
        }
        Assert.True(shards.TryGet(0, out FlowsMap? kept));
        using (kept)
            Assert.Equal((id, 1ul), (kept.Info.Id, kept[default].Packets));
        Assert.True(shards.Remove(0));
        Assert.False(shards.Remove(0));
        TestMaps.AwaitGone(id);
    }

    [Fact]
    public void Walk_ReturnsTheFilledSlotsInOrder()
    {
        using ShardsMap shards = ShardsMap.Create();
        using FlowsMap first = FlowsMap.Create();
        using FlowsMap second = FlowsMap.Create();
        Assert.Empty(shards);
        shards.Set(99, first);
        shards.Set(3, second);
        shards.Set(64, first);
        Assert.Equal(
            [KeyValuePair.Create(3, second.Info.Id), KeyValuePair.Create(64, first.Info.Id), KeyValuePair.Create(99, first.Info.Id)],
            shards
        );
        shards.Clear();
        Assert.Empty(shards);
    }

    [Fact]
    public void Range_FillsConsecutiveSlots()
    {
        using ShardsMap shards = ShardsMap.Create();
        FlowsMap[] flows = [.. Enumerable.Range(0, 5).Select(_ => FlowsMap.Create())];
        shards.SetRange(10, flows);
        shards.SetRange(50, []);
        Assert.Equal(flows.Select((map, offset) => KeyValuePair.Create(10 + offset, map.Info.Id)), shards);
        Assert.Throws<ArgumentOutOfRangeException>(() => shards.SetRange(96, flows));
        Assert.Throws<ArgumentOutOfRangeException>(() => shards.SetRange(101, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => shards.SetRange(-1, []));
        shards.SetRange(100, []);
        Assert.Throws<ArgumentNullException>(() => shards.SetRange(0, [flows[0], null!]));
        Assert.Equal(5, shards.Count());
        Assert.All(flows, map => map.Dispose());
        Assert.Throws<ObjectDisposedException>(() => shards.SetRange(0, flows));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public void IndexPastTheEnd_IsRejectedWithTheLength(int index)
    {
        using ShardsMap shards = ShardsMap.Create();
        using FlowsMap flows = FlowsMap.Create();
        ArgumentOutOfRangeException[] refusals =
        [
            Assert.Throws<ArgumentOutOfRangeException>(() => shards.Set(index, flows)),
            Assert.Throws<ArgumentOutOfRangeException>(() => shards.TryGet(index, out _)),
            Assert.Throws<ArgumentOutOfRangeException>(() => shards.TryGetId(index, out _)),
            Assert.Throws<ArgumentOutOfRangeException>(() => shards.Remove(index)),
        ];
        Assert.All(refusals, refusal => Assert.Contains("has 100 elements", refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void InnerMapOfAnotherShape_IsRejectedWithTheDifferences()
    {
        using HistogramsMap histograms = HistogramsMap.Create();
        using BucketsMap longer = BucketsMap.Create(5);
        using BucketsMap right = BucketsMap.Create();
        BpfException refusal = Assert.Throws<BpfException>(() => histograms.Set(0, longer));
        Assert.Equal((Errno.EINVAL, "BPF_MAP_UPDATE_ELEM"), (refusal.Errno, refusal.Command));
        Assert.Contains(
            $"Adding map 'buckets' (Array, id {longer.Info.Id}) to map 'histograms'",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "It does not match the declaration of the inner maps 'buckets' (Array): max_entries is 5, but 4 was declared.",
            refusal.Message,
            StringComparison.Ordinal
        );

        refusal = Assert.Throws<BpfException>(() => histograms.SetRange(0, [right, longer, right]));
        Assert.Contains($"id {longer.Info.Id}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([KeyValuePair.Create(0, right.Info.Id)], histograms);
    }

    [Fact]
    public void InnerMapAsDeclared_IsRejectedByAnArrayWithAnotherTemplate()
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
        using FlowsMap flows = FlowsMap.Create();
        BpfException refusal = Assert.Throws<BpfException>(() => shards.Set(0, flows));
        Assert.EndsWith(
            "It matches the declaration, so the map of maps was created with another template.",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void InnerMapOfAnotherShape_IsNotOpened()
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
        Assert.Equal(BpfUpdateResult.Ok, raw.Update(TestMaps.Bytes(0), TestMaps.Bytes((int)template.Handle.DangerousGetHandle())));
        ShardsMap shards = ShardsMap.FromRaw(raw);
        Assert.True(shards.TryGetId(0, out uint id));
        Assert.Equal(template.Info.Id, id);
        BpfMapMismatchException problem = Assert.Throws<BpfMapMismatchException>(() => shards.TryGet(0, out _));
        Assert.Contains(problem.Differences, difference => difference.StartsWith("value_size is 32", StringComparison.Ordinal));
    }

    [Fact]
    public void ArraysOfAnyLength_AreAcceptedIfDeclared()
    {
        using AllSeriesMap all = AllSeriesMap.Create(2);
        using SeriesMap few = SeriesMap.Create(3);
        using SeriesMap many = SeriesMap.Create(3000);
        all.Set(0, few);
        all.Set(1, many);
        Assert.True(all.TryGet(1, out SeriesMap? opened));
        using (opened)
            Assert.Equal(3000, opened.Length);
    }

    [Fact]
    public void ArraysWithoutALength_CannotBeTemplates()
    {
        BpfMapSchema inner = new()
        {
            Type = BpfMapType.Array,
            Name = "inner",
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };
        BpfMapSchema outer = new()
        {
            Type = BpfMapType.ArrayOfMaps,
            Name = "outer",
            MaxEntries = 1,
            Key = BpfTypeLayout.Of<uint>(),
            Inner = inner,
        };
        InvalidOperationException problem = Assert.Throws<InvalidOperationException>(() => outer.Create(null, null));
        Assert.Contains("'inner' (Array) has to declare MaxEntries", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InnerMapsWithALock_AreAccepted()
    {
        Require.Feature(KernelFeature.LocksInInnerMaps);
        // The template must have the lock in its BTF; otherwise the kernel rejects inner maps with a lock.
        BpfTypeLayout locked = BpfTypeLayout.Struct(
            "Locked",
            8,
            4,
            new("Lock", 0, BpfTypeLayout.Struct("bpf_spin_lock", 4, 4, new BpfFieldLayout("val", 0, BpfTypeLayout.Of<uint>()))),
            new("Count", 4, BpfTypeLayout.Of<uint>())
        );
        BpfMapSchema inner = new()
        {
            Type = BpfMapType.Hash,
            Name = "inner",
            MaxEntries = 4,
            Key = BpfTypeLayout.Of<uint>(),
            Value = locked,
        };
        BpfMapSchema outer = new()
        {
            Type = BpfMapType.ArrayOfMaps,
            Name = "outer",
            MaxEntries = 1,
            Key = BpfTypeLayout.Of<uint>(),
            Inner = inner,
        };
        using RawMap outerMap = outer.Create(null, null);
        using RawMap innerMap = inner.Create(null, null);
        Assert.Equal(BpfUpdateResult.Ok, outerMap.Update(TestMaps.Bytes(0), TestMaps.Bytes((int)innerMap.Handle.DangerousGetHandle())));
    }

    [Fact]
    public void ReopenedMap_HasTheSameInnerMaps()
    {
        using PinDirectory pins = Require.BpfFs();
        using ShardsMap shards = ShardsMap.Create();
        using FlowsMap flows = FlowsMap.Create();
        shards.Set(5, flows);
        shards.Pin(pins["shards"]);
        using ShardsMap pinned = ShardsMap.OpenPinned(pins["shards"]);
        using ShardsMap byId = ShardsMap.OpenById(shards.Info.Id);
        Assert.Equal(shards, pinned);
        Assert.Equal(shards, byId);
        Assert.Equal(4, shards.Info.ValueSize);
        using ShardsMap readOnly = ShardsMap.OpenPinned(pins["shards"], BpfMapAccess.ReadOnly);
        Assert.True(readOnly.TryGetId(5, out _));
        Assert.Throws<BpfPermissionException>(() => readOnly.Set(5, flows));
    }

    [Fact]
    public void OtherMapType_IsNotAnArrayOfMaps()
    {
        using RawMap array = TestMaps.Create(BpfMapType.Array, valueSize: 4, maxEntries: 100);
        Assert.Equal(
            ["type is Array, but ArrayOfMaps was declared"],
            Assert.Throws<BpfMapMismatchException>(() => ShardsMap.FromRaw(array)).Differences
        );
    }

    [Fact]
    public void InnerMapOfAnotherHost_IsRejected()
    {
        using ShardsMap shards = ShardsMap.Create();
        using FlowsMap elsewhere = FlowsMap.Create(new NoBatchesHost());
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => shards.Set(0, elsewhere));
        Assert.Contains("belongs to another host", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<ArgumentException>(() => shards.SetRange(0, [elsewhere]));
        Assert.Contains("belongs to another host", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => shards.Set(0, null!));
    }

    [Fact]
    public void DisposedMaps_ThrowObjectDisposed()
    {
        ShardsMap shards = ShardsMap.Create();
        FlowsMap flows = FlowsMap.Create();
        flows.Dispose();
        Assert.Throws<ObjectDisposedException>(() => shards.Set(0, flows));
        shards.Dispose();
        Assert.Throws<ObjectDisposedException>(() => shards.TryGetId(0, out _));
    }

    [Fact]
    public void WithoutBatches_SlotsAreFilledAndWalkedOneByOne()
    {
        NoBatchesHost host = new();
        using ShardsMap shards = ShardsMap.Create(host);
        FlowsMap[] flows = [.. Enumerable.Range(0, 3).Select(_ => FlowsMap.Create(host))];
        shards.SetRange(20, flows);
        Assert.Equal(flows.Select((map, offset) => KeyValuePair.Create(20 + offset, map.Info.Id)), shards);
        Assert.All(flows, map => map.Dispose());
    }

    [Fact]
    public void BatchesThatFailOnEmptySlots_AreReplacedByAWalk()
    {
        GivesUpOnEmptySlotsHost host = new();
        using ShardsMap shards = ShardsMap.Create(host);
        using FlowsMap flows = FlowsMap.Create(host);
        shards.Set(1, flows);
        shards.Set(98, flows);
        Assert.Equal([1, 98], shards.Select(slot => slot.Key));
        Assert.True(host.GaveUp);
    }
}
