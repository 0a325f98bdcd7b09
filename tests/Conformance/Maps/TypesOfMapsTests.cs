using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of the type information passed at creation and compared when a map is opened.</summary>
public sealed class TypesOfMapsTests
{
    [Fact]
    public void MapTypesWithoutBtfSupport_AreCreatedWithoutTypes()
    {
        using JobsMap jobs = JobsMap.Create();

        Assert.Equal(0u, jobs.Info.BtfId);
        Assert.True(jobs.TryEnqueue(new() { Packets = 1 }));
    }

    [Fact]
    public void OpenedMapWithOtherFields_IsRejectedWithEachField()
    {
        BpfTypeLayout swapped = BpfTypeLayout.Struct(
            "flow_key",
            8,
            4,
            new("address", 0, BpfTypeLayout.Of<uint>()),
            new("port", 4, BpfTypeLayout.Of<ushort>())
        );
        BpfTypeLayout signed = BpfTypeLayout.Struct(
            "flow_stats",
            16,
            8,
            new("packets", 0, BpfTypeLayout.Of<long>()),
            new("flags", 8, BpfTypeLayout.Of<byte>())
        );
        BpfMapSchema other = new()
        {
            Type = BpfMapType.Hash,
            Name = "flows",
            MaxEntries = 64,
            Key = swapped,
            Value = signed,
        };
        using RawMap map = other.Create(null, TestHost.Current);

        BpfMapMismatchException problem = Assert.Throws<BpfMapMismatchException>(() => FlowsMap.FromRaw(map));

        Assert.Equal(
            [
                "in the key, at offset 0, field 'Port' is u16 (2 bytes), 'address' is u32 (4 bytes)",
                "in the key, at offset 4, field 'Address' is u32 (4 bytes), 'port' is u16 (2 bytes)",
                "in the value, at offset 0, field 'Packets' is u64 (8 bytes), 'packets' is s64 (8 bytes)",
            ],
            problem.Differences
        );
    }

    [Fact]
    public void MapWithOtherFields_IsRejectedAfterOneThatMatched()
    {
        using FlowsMap matching = FlowsMap.Create();
        BpfMapSchema other = new()
        {
            Type = BpfMapType.Hash,
            Name = "flows",
            MaxEntries = 64,
            Key = FlowsMap.Schema.Key,
            Value = BpfTypeLayout.Struct("stats", 16, 8, new("a", 0, BpfTypeLayout.Of<ulong>()), new("b", 8, BpfTypeLayout.Of<ulong>())),
        };
        using RawMap different = other.Create(null, TestHost.Current);

        for (int time = 0; time < 2; time++)
        {
            using FlowsMap opened = FlowsMap.OpenById(matching.Info.Id);
            Assert.Equal(BpfFieldCheck.Compared, opened.FieldCheck);
            Assert.Throws<BpfMapMismatchException>(() => FlowsMap.FromRaw(different));
        }
    }

    [Fact]
    public void OpenedMapWithRenamedFields_IsAccepted()
    {
        BpfTypeLayout key = BpfTypeLayout.Struct(
            "key",
            8,
            4,
            new("sport", 0, BpfTypeLayout.Of<ushort>()),
            new("saddr", 4, BpfTypeLayout.Of<uint>())
        );
        BpfTypeLayout value = BpfTypeLayout.Struct(
            "stats",
            16,
            8,
            new("n", 0, BpfTypeLayout.Of<ulong>()),
            new("f", 8, BpfTypeLayout.Of<byte>())
        );
        BpfMapSchema other = new()
        {
            Type = BpfMapType.Hash,
            Name = "other",
            MaxEntries = 64,
            Key = key,
            Value = value,
        };

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

        Assert.Equal(
            (BpfFieldCheck.NotNeeded, BpfFieldCheck.Compared, BpfFieldCheck.NoTypes),
            (created.FieldCheck, opened.FieldCheck, untyped.FieldCheck)
        );
        Assert.Equal(BpfFieldCheck.NoTypes, JobsMap.Schema.Validate(jobsAgain).FieldCheck);
    }

    [Theory]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.PerCpuArray)]
    public void IndexOfAnyNumberType_IsTaken(BpfMapType type)
    {
        BpfTypeLayout enumeration = BpfTypeLayout.Enumeration("slot", BpfTypeKind.SignedEnum, 4, new BpfEnumMember("First", 0));
        foreach (BpfTypeLayout key in new[] { BpfTypeLayout.Of<uint>(), BpfTypeLayout.Of<int>(), enumeration })
        {
            using RawMap map = DescribedMaps.Create(type, key, BpfTypeLayout.Of<ulong>());
            foreach (BpfTypeLayout declared in new[] { BpfTypeLayout.Of<uint>(), BpfTypeLayout.Of<int>(), enumeration })
            {
                BpfMapSchema schema = new()
                {
                    Type = type,
                    Name = "slots",
                    Key = declared,
                    Value = BpfTypeLayout.Of<ulong>(),
                };
                Assert.Equal(BpfFieldCheck.Compared, schema.Validate(map).FieldCheck);
            }
        }
    }

    [Fact]
    public void ValueOfAnArrayWithAnotherIndexType_IsComparedAllTheSame()
    {
        using RawMap map = DescribedMaps.Create(BpfMapType.Array, BpfTypeLayout.Of<int>(), BpfTypeLayout.Of<long>());
        BpfMapSchema schema = new()
        {
            Type = BpfMapType.Array,
            Name = "slots",
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

        string difference = Assert.Single(Assert.Throws<BpfMapMismatchException>(() => schema.Validate(map)).Differences);
        Assert.StartsWith("in the value, at offset 0, ", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyOfAHash_IsDataAndCompared()
    {
        using RawMap map = DescribedMaps.Create(BpfMapType.Hash, BpfTypeLayout.Of<int>(), BpfTypeLayout.Of<ulong>());
        BpfMapSchema schema = new()
        {
            Type = BpfMapType.Hash,
            Name = "pids",
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

        Assert.Throws<BpfMapMismatchException>(() => schema.Validate(map));
    }

    [Fact]
    public void TrieKeyThatDoesNotSayWhereItsDataBegin_IsComparedBySize()
    {
        BpfTypeLayout prefix = BpfTypeLayout.Struct(
            "LpmKey",
            8,
            1,
            new("PrefixLength", 0, BpfTypeLayout.Of<uint>()),
            new("Data", 4, BpfTypeLayout.Of<uint>())
        );
        BpfTypeLayout words = BpfTypeLayout.Struct("words", 8, 4, new BpfFieldLayout("w", 0, BpfTypeLayout.Of<uint>(), 2));
        BpfMapSchema schema = new()
        {
            Type = BpfMapType.LpmTrie,
            Name = "routes",
            Key = prefix,
            Value = BpfTypeLayout.Of<uint>(),
        };
        foreach (
            BpfTypeLayout key in new[]
            {
                words,
                BpfTypeLayout.Struct("bytes", 8, 1, new BpfFieldLayout("b", 0, BpfTypeLayout.Of<byte>(), 8)),
            }
        )
        {
            using RawMap map = DescribedMaps.Create(BpfMapType.LpmTrie, key, BpfTypeLayout.Of<uint>(), BpfMapFlags.NoPrealloc);
            Assert.Same(map, schema.Validate(map));
        }
        BpfTypeLayout longer = BpfTypeLayout.Struct("bytes", 12, 1, new BpfFieldLayout("b", 0, BpfTypeLayout.Of<byte>(), 12));
        using RawMap other = DescribedMaps.Create(BpfMapType.LpmTrie, longer, BpfTypeLayout.Of<uint>(), BpfMapFlags.NoPrealloc);
        Assert.Throws<BpfMapMismatchException>(() => schema.Validate(other));
    }

    [Fact]
    public void NameLongerThanTheKernelKeeps_IsCut()
    {
        BpfMapSchema schema = new()
        {
            Type = BpfMapType.Hash,
            Name = "libc_malloc_calls_total",
            MaxEntries = 4,
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Of<ulong>(),
        };

        using RawMap map = schema.Create(null, TestHost.Current);

        Assert.Equal("libc_malloc_cal", map.Name);
        Assert.Same(map, schema.Validate(map));
    }

    [Theory]
    [InlineData(BpfMapType.RingBuf)]
    [InlineData(BpfMapType.UserRingBuf)]
    public void DeclaredRingSize_IsRoundedAsLoadersRoundIt(BpfMapType type)
    {
        TestHost.RequireFeature(KernelFeature.MapType(type));
        uint page = (uint)Environment.SystemPageSize;
        BpfMapSchema schema = new()
        {
            Type = type,
            Name = "ring",
            MaxEntries = page + 1,
            Value = BpfTypeLayout.Of<ulong>(),
        };

        using RawMap map = schema.Create(null, TestHost.Current);
        using RawMap larger = TestMaps.Create(type, keySize: 0, valueSize: 0, maxEntries: page * 4);

        Assert.Equal(page * 2, map.Info.MaxEntries);
        Assert.Same(map, schema.Validate(map));
        Assert.Throws<BpfMapMismatchException>(() => schema.Validate(larger));
    }
}
