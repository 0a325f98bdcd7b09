namespace BpfMaps.Tests;

public sealed class TypedOpeningTests
{
    [Fact]
    public void MapOpenedInAnyWay_IsTheSameMap()
    {
        using PinDirectory pins = TestHost.Pins();
        using FlowsMap map = FlowsMap.Create();
        map[new() { Port = 1 }] = new() { Packets = 42 };
        map.Pin(pins["flows"]);

        using FlowsMap pinned = FlowsMap.OpenPinned(pins["flows"]);
        using FlowsMap byId = FlowsMap.OpenById(map.Info.Id);
        using FlowsMap byDescriptor = FlowsMap.FromFileDescriptor((int)map.Raw.Handle.DangerousGetHandle());
        using FlowsMap wrapped = FlowsMap.FromRaw(TestMaps.OpenById(map.Info.Id));
        using FlowsMap readOnly = FlowsMap.OpenPinned(pins["flows"], BpfMapAccess.ReadOnly);
        foreach (FlowsMap opened in new[] { pinned, byId, byDescriptor, wrapped, readOnly })
        {
            Assert.Equal(42ul, opened[new() { Port = 1 }].Packets);
            Assert.Equal(map.Info.Id, opened.Info.Id);
        }
        Assert.Throws<BpfPermissionException>(() => readOnly.Set(default, default));
        using RawMap readOnlyById = FlowsMap.Schema.OpenById(map.Info.Id, BpfMapAccess.ReadOnly, TestHost.Current);
        Assert.Throws<BpfPermissionException>(() => readOnlyById.Update(new byte[8], new byte[16]));
        using RawMap writeOnlyById = FlowsMap.Schema.OpenById(map.Info.Id, BpfMapAccess.WriteOnly, TestHost.Current);
        Assert.Throws<BpfPermissionException>(() => writeOnlyById.TryLookup(new byte[8], new byte[16]));

        pinned.Unpin();
        Assert.False(TestMaps.IsPinned(pins["flows"]), "The pin still exists.");
        Assert.Throws<BpfException>(() => FlowsMap.OpenPinned(pins["flows"]));
    }

    [Fact]
    public void CreatedMap_HasTheDeclaredShape()
    {
        using FlowsMap map = FlowsMap.Create();
        Assert.Equal(BpfMapType.Hash, map.Info.Type);
        Assert.Equal("flows", map.Info.Name);
        Assert.Equal(8, map.Info.KeySize);
        Assert.Equal(16, map.Info.ValueSize);
        Assert.Equal(64u, map.Info.MaxEntries);
        using JobsMap jobs = JobsMap.Create();
        Assert.Equal(0, jobs.Info.KeySize);
        Assert.Equal($"'flows' (Hash, id {map.Info.Id})", map.ToString());
    }

    [Fact]
    public void AllDifferences_AreInOneException()
    {
        using RawMap other = TestMaps.Create(BpfMapType.LruHash, keySize: 4, valueSize: 12, maxEntries: 10, name: "other");
        BpfMapMismatchException problem = Assert.Throws<BpfMapMismatchException>(() => FlowsMap.FromRaw(other));
        Assert.Equal(
            [
                "type is LruHash, but Hash was declared",
                "key_size is 4, but 8 was declared: FlowKey (8 bytes): Port u16 @0, Address u32 @4",
                "value_size is 12, but 16 was declared: FlowStats (16 bytes): Packets u64 @0, Flags u8 @8",
                "max_entries is 10, but 64 was declared",
            ],
            problem.Differences
        );
        Assert.Equal("other", problem.MapName);
        Assert.All(problem.Differences, difference => Assert.Contains(difference, problem.Message));
        Assert.Contains("'other'", problem.Message);
        Assert.Contains("'flows' (Hash)", problem.Message);
        Assert.False(other.Handle.IsClosed);
    }

    [Fact]
    public void UndeclaredCapacity_IsRequiredAtCreationAndNotCheckedOnOpening()
    {
        Assert.Throws<ArgumentNullException>(() => CountersMap.Schema.Create(null, TestHost.Current));
        using CountersMap map = CountersMap.Create(77);
        Assert.Equal(77u, map.Info.MaxEntries);
        using RawMap opened = CountersMap.Schema.OpenById(map.Info.Id, BpfMapAccess.ReadWrite, TestHost.Current);
        Assert.Same(opened, CountersMap.Schema.Validate(opened));
    }

    [Fact]
    public void CapacityRoundedUpPerCpu_MatchesTheDeclaration()
    {
        using RecentMap map = RecentMap.Create();
        Assert.Equal(0u, map.Info.MaxEntries % (uint)TestHost.Current.PossibleCpuCount);
        using RecentMap again = RecentMap.FromRaw(TestMaps.OpenById(map.Info.Id));
        using RawMap larger = TestMaps.Create(BpfMapType.LruHash, maxEntries: 64, flags: BpfMapFlags.NoCommonLru);
        Assert.Contains("max_entries", Assert.Throws<BpfMapMismatchException>(() => RecentMap.FromRaw(larger)).Message);
    }

    [Fact]
    public void FlagThatAnOperationNeeds_IsRequired()
    {
        using RawMap plain = TestMaps.Create(BpfMapType.Array, maxEntries: 1000);
        Assert.Equal(
            ["it was created without Mmapable, which was declared"],
            Assert.Throws<BpfMapMismatchException>(() => MappedNumbersMap.FromRaw(plain)).Differences
        );
        using RawMap preallocated = TestMaps.Create(BpfMapType.Hash, maxEntries: 5, flags: BpfMapFlags.NoPrealloc);
        Assert.Same(preallocated, CountersMap.Schema.Validate(preallocated));
    }

    [Fact]
    public void OpenOrCreatePinned_CreatesOnceAndOpensAfterwards()
    {
        using PinDirectory pins = TestHost.Pins();
        using FlowsMap first = FlowsMap.OpenOrCreatePinned(pins["flows"]);
        using FlowsMap second = FlowsMap.OpenOrCreatePinned(pins["flows"]);
        Assert.Equal(first.Info.Id, second.Info.Id);
    }

    [Fact]
    public void OpenOrCreatePinned_FromManyThreadsAtOnce_GivesAllTheSameMap()
    {
        using PinDirectory pins = TestHost.Pins();
        for (int round = 0; round < 20; round++)
        {
            string pin = pins[$"flows{round}"];
            uint[] ids = new uint[8];
            ManyThreads.Run(
                ids.Length,
                index =>
                {
                    using FlowsMap map = FlowsMap.OpenOrCreatePinned(pin);
                    ids[index] = map.Info.Id;
                }
            );
            Assert.Single(ids.Distinct());
            Assert.NotEqual(0u, ids[0]);
        }
    }

    [Fact]
    public void FrozenMap_CanBeReadButNotWritten()
    {
        using FlowsMap map = FlowsMap.Create();
        map[default] = new() { Packets = 1 };
        map.Freeze();
        Assert.Equal(1ul, map[default].Packets);
        Assert.Contains("frozen", Assert.Throws<BpfPermissionException>(() => map.Set(default, default)).Message);
    }

    [Fact]
    public void ClassWithOtherTypesThanItsSchema_IsRejected()
    {
        using RawMap raw = FlowsMap.Schema.Create(null, TestHost.Current);
        ArgumentException problem = Assert.Throws<ArgumentException>(() => new MisdeclaredMap(raw));
        Assert.Contains("key UInt32 has 4 bytes", problem.Message);
    }

    private sealed class MisdeclaredMap(RawMap raw) : BpfHashMap<uint, FlowStats>(raw, FlowsMap.Schema);
}
