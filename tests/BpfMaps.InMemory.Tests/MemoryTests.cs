namespace BpfMaps.Tests;

/// <summary>Tests of the memory usage of maps and the allocations of single operations.</summary>
[Collection(nameof(WholeProcess))]
public sealed class MemoryTests
{
    private const long Little = 512 * 1024;

    private readonly InMemoryBpfHost _host = new();

    public static TheoryData<BpfMapType> Keyed =>
        [BpfMapType.Hash, BpfMapType.LruHash, BpfMapType.PerCpuHash, BpfMapType.Array, BpfMapType.PerCpuArray, BpfMapType.LpmTrie];

    [Theory]
    [MemberData(nameof(Keyed))]
    public void LargeMapWithFewElements_IsSmall(BpfMapType type)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using RawMap map = Create(type, maxEntries: 10_000_000);
        for (uint number = 0; number < 5; number++)
            Put(map, number * 1_999_999);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Little);
        Assert.Equal(type is BpfMapType.Array or BpfMapType.PerCpuArray ? 10_000_000 : 5, CountKeys(map));
    }

    [Fact]
    public void ReadingALargeArray_TakesNoMemory()
    {
        using RawMap map = Create(BpfMapType.Array, maxEntries: 1_000_000);
        Put(map, 999_999);
        byte[] value = new byte[8];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (uint index = 0; index < 1_000_000; index += 1000)
        {
            Assert.True(map.TryLookup(BitConverter.GetBytes(index), value));
            Assert.Equal(new byte[8], value);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Little);
    }

    [Fact]
    public void LongQueueThatIsMostlyEmpty_IsSmall()
    {
        using RawMap map = RawMap.Create(
            new()
            {
                Type = BpfMapType.Queue,
                ValueSize = 1024,
                MaxEntries = 1_000_000,
            },
            _host
        );
        byte[] value = new byte[1024];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            map.Update([], value);
            map.TryLookupAndDelete([], value);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Little);
    }

    [Fact]
    public void Usage_EstimatesTheKernelMemory()
    {
        using RawMap array = Create(BpfMapType.Array, maxEntries: 100_000);
        Assert.InRange(array.GetUsage().MemoryLocked, 800_000u, 900_000u);
        using RawMap trie = Create(BpfMapType.LpmTrie, maxEntries: 100_000);
        ulong empty = trie.GetUsage().MemoryLocked;
        Put(trie, 1);
        Assert.InRange(trie.GetUsage().MemoryLocked, empty + 1, empty + 100);
    }

    [Fact]
    public void SingleOperations_AllocateNothing()
    {
        using Counters counters = Counters.Create(host: _host);
        using Routes routes = Routes.Create(host: _host);
        using Recent recent = Recent.Create(host: _host);
        using Jobs jobs = Jobs.Create(host: _host);
        uint next = 0;
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                counters[1] = 1;
                counters.TryGetValue(1, out _);
                counters.TryRemove(1, out _);
                routes.Set(new(8, 0x0a00_0000u), 1);
                routes.TryMatch(0x0a01_0203u, out _);
                routes.Remove(new LpmKey<Be32>(8, 0x0a00_0000u));
                recent[next++ % 8] = 1;
                jobs.TryEnqueue(1);
                jobs.TryDequeue(out _);
            })
        );
    }

    [Fact]
    public void OperationsOfPrograms_AllocateNothing()
    {
        using FlowMap flows = FlowMap.Create(host: _host);
        using Drops drops = Drops.Create(host: _host);
        InMemoryProgram program = _host.AsProgram(cpu: 1);
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                program.Update("flow", new Flow.Key { Port = 1 }, new Flow { Packets = 1 });
                program.Modify("flow", new Flow.Key { Port = 1 }, static (ref Flow flow) => flow.Packets++);
                program.TryLookup("flow", new Flow.Key { Port = 1 }, out Flow _);
                program.Delete("flow", new Flow.Key { Port = 1 });
                program.Modify("drops", 1u, static (ref uint count) => count++);
            })
        );
    }

    private RawMap Create(BpfMapType type, uint maxEntries) =>
        RawMap.Create(
            new()
            {
                Type = type,
                KeySize = type == BpfMapType.LpmTrie ? 8 : 4,
                ValueSize = 8,
                MaxEntries = maxEntries,
                Flags = type == BpfMapType.LpmTrie ? BpfMapFlags.NoPrealloc : BpfMapFlags.None,
            },
            _host
        );

    private static void Put(RawMap map, uint number)
    {
        byte[] key = map.Type == BpfMapType.LpmTrie ? [32, 0, 0, 0, .. BitConverter.GetBytes(number)] : BitConverter.GetBytes(number);
        BpfUpdateResult result =
            map.PerCpuValueSize != 0 ? map.UpdatePerCpu(key, new byte[map.PerCpuValueSize]) : map.Update(key, new byte[8]);
        Assert.Equal(BpfUpdateResult.Ok, result);
    }

    private static long CountKeys(RawMap map)
    {
        long count = 0;
        using BpfBatchCursor cursor = map.LookupBatch();
        while (cursor.MoveNext())
            count += cursor.Count;
        return count;
    }
}
