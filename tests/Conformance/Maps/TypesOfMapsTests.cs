namespace BpfMaps.Tests;

/// <summary>Tests of the type information passed at creation and compared when a map is opened.</summary>
public sealed class TypesOfMapsTests
{
    [Fact]
    public void MapTypesWithoutBtfSupport_AreCreatedWithoutTypes()
    {
        using JobsMap jobs = JobsMap.Create();

        Assert.Equal(0u, jobs.Info.BtfId);
        Assert.True(jobs.TryPush(new() { Packets = 1 }));
    }

    [Fact]
    public void OpenedMapWithOtherFields_IsRejectedWithEachField()
    {
        BpfTypeLayout swapped = BpfTypeLayout.Struct("flow_key", 8, 4, new("address", 0, BpfTypeLayout.UInt32), new("port", 4, BpfTypeLayout.UInt16));
        BpfTypeLayout signed = BpfTypeLayout.Struct("flow_stats", 16, 8, new("packets", 0, BpfTypeLayout.Int64), new("flags", 8, BpfTypeLayout.Byte));
        BpfMapSchema other = new() { Type = BpfMapType.Hash, Name = "flows", MaxEntries = 64, Key = swapped, Value = signed };
        using RawMap map = other.Create(null, TestHost.Current);

        BpfMapMismatchException problem = Assert.Throws<BpfMapMismatchException>(() => FlowsMap.FromRaw(map));

        Assert.Equal(
            [
                "in its key, at offset 0, field 'Port' is u16 (2 bytes), 'address' is u32 (4 bytes)",
                "in its key, at offset 4, field 'Address' is u32 (4 bytes), 'port' is u16 (2 bytes)",
                "in its value, at offset 0, field 'Packets' is u64 (8 bytes), 'packets' is s64 (8 bytes)",
            ],
            problem.Differences);
    }

    [Fact]
    public void OpenedMapWithRenamedFields_IsAccepted()
    {
        BpfTypeLayout key = BpfTypeLayout.Struct("key", 8, 4, new("sport", 0, BpfTypeLayout.UInt16), new("saddr", 4, BpfTypeLayout.UInt32));
        BpfTypeLayout value = BpfTypeLayout.Struct("stats", 16, 8, new("n", 0, BpfTypeLayout.UInt64), new("f", 8, BpfTypeLayout.Byte));
        BpfMapSchema other = new() { Type = BpfMapType.Hash, Name = "other", MaxEntries = 64, Key = key, Value = value };

        using FlowsMap map = FlowsMap.FromRaw(other.Create(null, TestHost.Current));

        Assert.NotEqual(0u, map.Info.BtfId);
        map[new() { Port = 1 }] = new() { Packets = 2 };
        Assert.Equal(2ul, map[new() { Port = 1 }].Packets);
    }

    [Fact]
    public void OpenedMapWithoutTypes_IsComparedBySize()
    {
        using RawMap untyped = TestMaps.Create(BpfMapType.Hash, keySize: 8, valueSize: 16, maxEntries: 64);

        Assert.Same(untyped, FlowsMap.Schema.Validate(untyped));
    }

    [Fact]
    public void OpenedMap_ReportsWhetherItsFieldsWereCompared()
    {
        using FlowsMap created = FlowsMap.Create();
        using FlowsMap opened = FlowsMap.FromRaw(TestMaps.OpenById(created.Info.Id));
        using FlowsMap untyped = FlowsMap.FromRaw(TestMaps.Create(BpfMapType.Hash, keySize: 8, valueSize: 16, maxEntries: 64));
        using JobsMap jobs = JobsMap.Create();
        using RawMap jobsAgain = TestMaps.OpenById(jobs.Info.Id);

        Assert.Equal((BpfFieldCheck.NotNeeded, BpfFieldCheck.Compared, BpfFieldCheck.NoTypes), (created.FieldCheck, opened.FieldCheck, untyped.FieldCheck));
        Assert.Equal(BpfFieldCheck.NoTypes, JobsMap.Schema.Validate(jobsAgain).FieldCheck);
    }
}
