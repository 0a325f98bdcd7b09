namespace BpfMaps.Tests.Series;

/// <summary>Counters that never shrink, and series that come and go.</summary>
public sealed class MonotonicTests
{
    [Fact]
    public void ElementThatIsRemovedAndAddedAgain_GoesOn()
    {
        InMemoryBpfHost host = new();
        using Counts counts = Counts.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(counts);
        counts.Set(1, 100);
        Assert.Equal(["counts_total{id=\"1\"} 100"], metrics.Samples());
        counts.Set(1, 3); // As if it had been evicted and added again between two reads.
        Assert.Equal(["counts_total{id=\"1\"} 103"], metrics.Samples());
        counts.Remove(1);
        Assert.Empty(metrics.Samples());
        counts.Set(1, 200);
        Assert.Equal(["counts_total{id=\"1\"} 303"], metrics.Samples());
        counts.Set(1, 201);
        Assert.Equal(["counts_total{id=\"1\"} 304"], metrics.Samples());
    }

    [Fact]
    public void DrainedMap_GoesOn()
    {
        InMemoryBpfHost host = new();
        using Counts counts = Counts.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(counts);
        for (ulong round = 1; round <= 5; round++)
        {
            counts.Set(7, 10);
            Assert.Equal([$"counts_total{{id=\"7\"}} {round * 10}"], metrics.Samples());
            foreach (KeyValuePair<uint, ulong> drained in counts.Drain())
                Assert.Equal(10ul, drained.Value);
            Assert.Empty(metrics.Samples());
        }
    }

    [Fact]
    public void NewElement_IsKnownByAnyCounterThatShrank()
    {
        InMemoryBpfHost host = new();
        using NumbersMap numbers = NumbersMap.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(numbers);
        numbers.Set(new() { Name = "a" }, new() { Signed = 10, Fraction = 10 });
        Assert.Equal(["signed_total{name=\"a\"} 10"], metrics.Samples("signed"));
        numbers.Set(new() { Name = "a" }, new() { Signed = 15, Fraction = 1 });
        Assert.Equal(
            ["signed_total{name=\"a\"} 25", "fraction_total{name=\"a\"} 11"],
            metrics.Samples("signed").Concat(metrics.Samples("fraction"))
        );
    }

    [Fact]
    public void MapWithMoreKeysThanSeries_HasOneSeriesForTheRest()
    {
        InMemoryBpfHost host = new();
        using Counts counts = Counts.Create(host);
        using BpfMetricsRegistry metrics = new() { MaxSeries = 2 };
        metrics.Add(counts);
        counts.Set(1, 1);
        counts.Set(2, 2);
        Assert.Equal(["counts_total{id=\"1\"} 1", "counts_total{id=\"2\"} 2"], metrics.Samples().Order());
        for (uint id = 3; id <= 50; id++)
            counts.Set(id, 10);
        // The series that were there keep their places.
        Assert.Equal(
            ["counts_total{bpfmaps_overflow=\"true\"} 480", "counts_total{id=\"1\"} 1", "counts_total{id=\"2\"} 2"],
            metrics.Samples().Order()
        );
        Assert.Equal(["bpfmaps_dropped_series{map=\"counts\"} 48"], metrics.Samples("bpfmaps_dropped_series"));
        counts.Set(3, 15);
        Assert.Contains("counts_total{bpfmaps_overflow=\"true\"} 485", metrics.Samples());
    }

    [Fact]
    public void OverflowingElementsThatAreRemoved_DoNotShrinkTheRest()
    {
        InMemoryBpfHost host = new();
        using Counts counts = Counts.Create(host);
        using BpfMetricsRegistry metrics = new() { MaxSeries = 1 };
        metrics.Add(counts);
        counts.Set(1, 1);
        _ = metrics.Samples();
        counts.Set(2, 100);
        counts.Set(3, 100);
        Assert.Contains("counts_total{bpfmaps_overflow=\"true\"} 200", metrics.Samples());
        counts.Remove(2);
        Assert.Contains("counts_total{bpfmaps_overflow=\"true\"} 200", metrics.Samples());
        counts.Set(3, 130);
        Assert.Contains("counts_total{bpfmaps_overflow=\"true\"} 230", metrics.Samples());
    }

    [Fact]
    public void SeriesThatAreGone_MakeRoomForOthers()
    {
        InMemoryBpfHost host = new();
        using Counts counts = Counts.Create(host);
        using BpfMetricsRegistry metrics = new() { MaxSeries = 2 };
        metrics.Add(counts);
        counts.Set(1, 1);
        counts.Set(2, 2);
        _ = metrics.Samples();
        counts.Set(3, 3);
        counts.Remove(1);
        _ = metrics.Samples(); // 1 is seen to be gone, and still could come back.
        _ = metrics.Samples();
        Assert.Equal(
            ["counts_total{bpfmaps_overflow=\"true\"} 3", "counts_total{id=\"2\"} 2", "counts_total{id=\"3\"} 3"],
            metrics.Samples().Order()
        );
        Assert.Equal(["bpfmaps_dropped_series{map=\"counts\"} 0"], metrics.Samples("bpfmaps_dropped_series"));
    }

    [Fact]
    public void RandomChanges_NeverShrinkACounter()
    {
        InMemoryBpfHost host = new();
        using Counts counts = Counts.Create(host);
        using BpfMetricsRegistry metrics = new() { MaxSeries = 5 };
        metrics.Add(counts);
        Random random = new(20_260_101);
        Dictionary<string, ulong> last = new(StringComparer.Ordinal);
        for (int step = 0; step < 2000; step++)
        {
            for (int change = random.Next(4); change > 0; change--)
            {
                uint id = (uint)random.Next(7);
                if (random.Next(5) == 0)
                    counts.Remove(id);
                else
                    counts.Set(id, (counts.TryGetValue(id, out ulong count) ? count : 0) + (ulong)random.Next(10));
            }
            foreach (string sample in metrics.Samples())
            {
                // Of ids that lost their place, the memory is lost too: only the rest is certain to go on.
                string series = sample[..sample.IndexOf(' ', StringComparison.Ordinal)];
                ulong value = ulong.Parse(sample.AsSpan(series.Length + 1), System.Globalization.CultureInfo.InvariantCulture);
                if (series.Contains("overflow", StringComparison.Ordinal))
                    Assert.True(
                        value >= last.GetValueOrDefault(series),
                        $"step {step}: {series} fell from {last.GetValueOrDefault(series)} to {value}"
                    );
                last[series] = value;
            }
        }
    }

    [Fact]
    public void RandomChangesWithRoomForAll_AddUpExactly()
    {
        InMemoryBpfHost host = new();
        using Counts counts = Counts.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(counts);
        Random random = new(7);
        ulong[] expected = new ulong[40];
        for (int step = 0; step < 2000; step++)
        {
            uint id = (uint)random.Next(expected.Length);
            if (counts.TryGetValue(id, out ulong count) && random.Next(3) == 0)
            {
                counts.Remove(id);
            }
            else
            {
                ulong more = (ulong)random.Next(1, 10);
                counts.Set(id, count + more);
                expected[id] += more;
            }
            string[] samples = metrics.Samples();
            Assert.Equal(counts.Count(), samples.Length);
            Assert.All(counts, element => Assert.Contains($"counts_total{{id=\"{element.Key}\"}} {expected[element.Key]}", samples));
        }
    }
}
