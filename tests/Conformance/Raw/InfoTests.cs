using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

public sealed class InfoTests
{
    [Fact]
    public void Info_MatchesTheCreation()
    {
        using RawMap map = TestMaps.Create(
            BpfMapType.Hash,
            keySize: 12,
            valueSize: 24,
            maxEntries: 100,
            BpfMapFlags.NoPrealloc,
            name: "info.test"
        );
        BpfMapInfo info = map.Info;
        Assert.Equal(
            (BpfMapType.Hash, 12, 24, 100u, BpfMapFlags.NoPrealloc, "info.test"),
            (info.Type, info.KeySize, info.ValueSize, info.MaxEntries, info.Flags, info.Name)
        );
        Assert.NotEqual(0u, info.Id);
        Assert.Equal((0u, 0UL, 0UL, 0u), (info.InterfaceIndex, info.NetworkNamespaceDevice, info.NetworkNamespaceInode, info.BtfId));
    }

    [Fact]
    public void Map_HasTheSizesOfItsInfo()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array, valueSize: 24, maxEntries: 7, flags: BpfMapFlags.Mmapable, name: "repeats");
        Assert.Equal(
            (BpfMapType.Array, "repeats", 4, 24, 7u, BpfMapFlags.Mmapable, TestHost.Current),
            (map.Type, map.Name, map.KeySize, map.ValueSize, map.MaxEntries, map.Flags, map.Host)
        );
        Assert.Equal($"'repeats' (Array, id {map.Info.Id})", map.ToString());
    }

    [Fact]
    public void InfoOfAnotherDescriptor_IsEqual()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        using RawMap other = TestMaps.OpenById(map.Info.Id);
        Assert.Equivalent(map.Info, other.Info);
    }

    [Fact]
    public void Usage_ReportsTheMemoryOfTheMap()
    {
        using RawMap small = TestMaps.Create(BpfMapType.Array, maxEntries: 10);
        using RawMap large = TestMaps.Create(BpfMapType.Array, maxEntries: 100_000);
        Assert.InRange(small.GetUsage().MemoryLocked, 80u, 64u * 1024);
        Assert.InRange(large.GetUsage().MemoryLocked, 800_000u, 4u * 1024 * 1024);
    }

    [Fact]
    public void Usage_ReportsAFrozenMap()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array);
        Assert.False(map.GetUsage().IsFrozen);
        map.Freeze();
        Assert.True(map.GetUsage().IsFrozen);
    }

    [Fact]
    public void UsageAndAccessOfADisposedMap_ThrowObjectDisposedException()
    {
        RawMap map = TestMaps.Create(BpfMapType.Array);
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => map.GetUsage());
        Assert.Throws<ObjectDisposedException>(() => map.Access);
    }

    [Theory]
    [InlineData(BpfMapType.Hash, BpfMapFlags.NoPrealloc | BpfMapFlags.ZeroSeed | BpfMapFlags.ReadOnlyProgram, BpfMapFlags.None)]
    [InlineData(BpfMapType.LruHash, BpfMapFlags.NoCommonLru | BpfMapFlags.WriteOnlyProgram, BpfMapFlags.ReadOnly)]
    [InlineData(BpfMapType.Array, BpfMapFlags.Mmapable | BpfMapFlags.InnerMap, BpfMapFlags.WriteOnly)]
    [InlineData(BpfMapType.Queue, BpfMapFlags.ReadOnlyProgram, BpfMapFlags.ReadOnly)]
    public void Flags_AreKeptExceptThoseOfTheFirstDescriptor(BpfMapType type, BpfMapFlags staying, BpfMapFlags passing)
    {
        using RawMap map = TestMaps.Create(type, keySize: type == BpfMapType.Queue ? 0 : 4, flags: staying | passing);
        Assert.Equal(staying, map.Flags);
        using RawMap other = TestMaps.OpenById(map.Info.Id);
        Assert.Equal((staying, BpfMapAccess.ReadWrite), (other.Flags, other.Access));
    }

    [Fact]
    public void NumaNode_SetsTheFlag()
    {
        using RawMap map = TestMaps.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Hash,
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = 4,
                NumaNode = 0,
            }
        );
        Assert.Equal(BpfMapFlags.NumaNode, map.Flags);
        TestMaps.Fill(map, 4);
    }

    [Fact]
    public void NumaNodeThatDoesNotExist_FailsWithEinval()
    {
        Assert.Equal(
            Errno.EINVAL,
            TestMaps.Errno(() =>
                TestMaps.Create(
                    new BpfMapSpec
                    {
                        Type = BpfMapType.Hash,
                        KeySize = 4,
                        ValueSize = 8,
                        MaxEntries = 4,
                        NumaNode = 100_000,
                    }
                )
            )
        );
    }

    [Fact]
    public void MapExtraOfABloomFilter_IsItsNumberOfHashFunctions()
    {
        using RawMap map = TestMaps.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.BloomFilter,
                ValueSize = 8,
                MaxEntries = 4,
                MapExtra = 3,
            }
        );
        Assert.Equal(3UL, map.Info.MapExtra);
    }

    [Fact]
    public void MapExtraOfAMapTypeWithoutIt_FailsWithEinval()
    {
        Assert.Equal(
            Errno.EINVAL,
            TestMaps.Errno(() =>
                TestMaps.Create(
                    new BpfMapSpec
                    {
                        Type = BpfMapType.Hash,
                        KeySize = 4,
                        ValueSize = 8,
                        MaxEntries = 4,
                        MapExtra = 3,
                    }
                )
            )
        );
    }

    [Fact]
    public void BtfOfAMap_IsReportedInItsInfo()
    {
        using SafeHandle btf = TestBtf.Load();
        using RawMap map = TestMaps.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Hash,
                Name = "described",
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = 4,
                Btf = btf,
                BtfKeyTypeId = TestBtf.Int,
                BtfValueTypeId = TestBtf.LockedValue,
            }
        );
        Assert.NotEqual(0u, map.Info.BtfId);
        Assert.Equal((TestBtf.Int, TestBtf.LockedValue), (map.Info.BtfKeyTypeId, map.Info.BtfValueTypeId));
    }

    [Fact]
    public void BtfWithOtherSizes_FailsWithEinval()
    {
        using SafeHandle btf = TestBtf.Load();
        BpfMapSpec spec = new()
        {
            Type = BpfMapType.Hash,
            KeySize = 4,
            ValueSize = 16,
            MaxEntries = 4,
            Btf = btf,
            BtfKeyTypeId = TestBtf.Int,
            BtfValueTypeId = TestBtf.LockedValue,
        };
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => TestMaps.Create(spec)));
    }

    [Fact]
    public void TypeIdsWithoutBtf_AreRejectedAndNotIgnored()
    {
        BpfMapSpec spec = new()
        {
            Type = BpfMapType.Hash,
            KeySize = 4,
            ValueSize = 8,
            MaxEntries = 4,
            BtfKeyTypeId = TestBtf.Int,
            BtfValueTypeId = TestBtf.LockedValue,
        };
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => TestMaps.Create(spec)));
    }

    [Fact]
    public void SpinLockInTheBtf_EnablesLockedAccess()
    {
        using SafeHandle btf = TestBtf.Load();
        using RawMap map = TestMaps.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Hash,
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = 4,
                Btf = btf,
                BtfKeyTypeId = TestBtf.Int,
                BtfValueTypeId = TestBtf.LockedValue,
            }
        );
        byte[] key = TestMaps.Bytes(1),
            value = [7, 0, 0, 0, 0, 0, 0, 0],
            read = new byte[8];
        Assert.Equal(BpfUpdateResult.Ok, map.Update(key, value));
        Assert.Equal(BpfUpdateResult.Ok, map.Update(key, value, BpfUpdateFlags.Lock));
        Assert.True(map.TryLookup(key, read, BpfLookupFlags.Lock));
        Assert.Equal(7, read[0]);
        Assert.Equal(BpfUpdateResult.Ok, map.UpdateBatch(key, value, out _, BpfUpdateFlags.Lock));
        using BpfBatchCursor cursor = map.LookupBatch(flags: BpfLookupFlags.Lock);
        Assert.True(cursor.MoveNext());
        Assert.Equal(value, cursor.Values);
    }
}
