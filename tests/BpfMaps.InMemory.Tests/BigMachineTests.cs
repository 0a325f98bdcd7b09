using System.Runtime.CompilerServices;
using static BpfMaps.BpfMapType;

namespace BpfMaps.Tests;

/// <summary>The largest per-CPU value, 32 KiB.</summary>
[InlineArray(4096)]
internal struct Numbers
{
    private ulong _first;
}

[BpfMap(Type = PerCpuHash, Key = typeof(uint), MaxEntries = 8)]
internal struct WideStats
{
    public Numbers Numbers;
}

[BpfMap(Type = PerCpuArray, MaxEntries = 8)]
internal struct WideSlots
{
    public Numbers Numbers;
}

/// <summary>Machines with hundreds of possible CPUs, where an element of a per-CPU map has up to 16 MiB.</summary>
[Collection(nameof(WholeProcess))]
public sealed class BigMachineTests
{
    private const int Largest = 32 * 1024;
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData(64)]
    [InlineData(512)]
    public void LargestValues_AreWrittenReadAndRemoved(int cpus)
    {
        InMemoryBpfHost host = new(cpus);
        using WideStatsMap stats = WideStatsMap.Create(host);
        Assert.Equal((cpus, cpus * Largest), (stats.CpuCount, stats.Raw.PerCpuValueSize));
        for (uint key = 0; key < 5; key++)
            stats.SetAll(key, Of(key + 1));

        Assert.True(stats.TryAggregate(4, out WideStats total));
        Assert.Equal(((ulong)cpus * 5, (ulong)cpus * 5), (total.Numbers[0], total.Numbers[4095]));
        Assert.Equal(5, stats.Count());
        Assert.Equal((ulong)cpus * 15, stats.Aggregate(0ul, static (sum, element) => sum + element.Value.Numbers[4095]));
        Assert.Equal((uint[])[0, 1, 2, 3, 4], stats.Keys.Order());
        Assert.Equal((ulong)cpus * 15, stats.Drain().Aggregate(0ul, static (sum, element) => sum + element.Value.Numbers[1]));
        Assert.Equal(0, stats.Count());
    }

    [Theory]
    [InlineData(64)]
    [InlineData(512)]
    public void ArrayOfLargestValues_IsAggregated(int cpus)
    {
        using WideSlotsMap slots = WideSlotsMap.Create(new InMemoryBpfHost(cpus));
        WideSlots value = default;
        value.Numbers[7] = 3;
        slots.SetAll(7, in value);
        Assert.Equal((ulong)cpus * 3, slots.Aggregate(7).Numbers[7]);
        WideSlots[] totals = new WideSlots[slots.Length];
        slots.Aggregate(totals);
        Assert.Equal((0ul, (ulong)cpus * 3), (totals[0].Numbers[7], totals[7].Numbers[7]));
        Assert.Equal((ulong)cpus * 3, slots.Last().Numbers[7]);
    }

    /// <summary>The buffers of a map of this size are on the heap of large objects, from a pool.</summary>
    [Fact]
    public void RepeatedOperations_AllocateNothing()
    {
        using WideStatsMap stats = WideStatsMap.Create(new InMemoryBpfHost(512));
        WideStats value = Of(1);
        stats.SetAll(1, in value);
        stats.SetAll(2, in value);
        Assert.Equal(0, Allocations.Of(() => stats.SetAll(1, in value)));
        Assert.Equal(0, Allocations.Of(() => stats.TryAggregate(1, out _)));
        long ofAWalk = Allocations.Of(() =>
        {
            foreach ((uint _, WideStats total) in stats)
                Assert.Equal(512ul, total.Numbers[0]);
        });
        Assert.InRange(ofAWalk, 0, 4096);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4096, 3)]
    [InlineData(2, 2)]
    public void Chunk_ShrinksToTheMemoryThatItTakes(int chunkSize, int expected)
    {
        using WideSlotsMap slots = WideSlotsMap.Create(new InMemoryBpfHost(512));
        long before = GC.GetAllocatedBytesForCurrentThread();
        int elements = 0;
        using (BpfBatchCursor cursor = slots.Raw.LookupBatch(chunkSize))
        {
            while (cursor.MoveNext())
            {
                Assert.Equal(Math.Min(expected, 8 - elements), cursor.Count);
                elements += cursor.Count;
            }
        }
        Assert.Equal(8, elements);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 96 * Mebibyte);
    }

    [Fact]
    public void SmallStack_IsEnoughForManyCpus()
    {
        Exception? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    InMemoryBpfHost host = new(8192);
                    using PerCpuCounters counters = PerCpuCounters.Create(host: host);
                    counters.SetAll(1, 2);
                    Assert.True(counters.TryAggregate(1, out ulong total));
                    Assert.Equal(16_384ul, total);
                    Assert.Equal(16_384ul, counters.Single().Value);
                    Assert.True(counters.TryRemove(1, out total));
                    using Drops drops = Drops.Create(host);
                    drops.SetAll(1, 1);
                    Assert.Equal(8192u, drops.Aggregate(1));
                }
                catch (Exception problem)
                {
                    failure = problem;
                }
            },
            maxStackSize: 128 * 1024
        );
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static WideStats Of(ulong number)
    {
        WideStats value = default;
        ((Span<ulong>)value.Numbers).Fill(number);
        return value;
    }
}
