using System.Buffers;

namespace BpfMaps.Tests.Series;

/// <summary>Tests of the allocations of a scrape once all series are known.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void KnownSeries_AllocateNothingEach()
    {
        Require.Kernel();
        long few = BytesFor(100),
            many = BytesFor(10_000);
        // Both write the same headers; what is the same for all series does not count.
        Assert.True(many - few < 10_000 / 10, $"100 series allocate {few} bytes, 10,000 allocate {many}");
    }

    private static long BytesFor(uint series)
    {
        using CpuCounts counts = CpuCounts.Create();
        using BpfMetricsRegistry metrics = new();
        metrics.Add(counts);
        for (uint id = 0; id < series; id++)
            counts.SetAll(id, id);
        ArrayBufferWriter<byte> writer = new(1 << 20);
        metrics.WritePrometheus(writer);
        Assert.True(writer.WrittenCount > series * 20);
        return Allocations.Of(() =>
        {
            writer.ResetWrittenCount();
            metrics.WritePrometheus(writer);
        });
    }
}
