using System.Net;

namespace BpfMaps.Tests.Text;

/// <summary>The text that is written for maps.</summary>
public sealed class PrometheusTextTests
{
    [Fact]
    public void EveryKindOfMetric_IsWritten()
    {
        InMemoryBpfHost host = new();
        using RequestStatsMap requests = RequestStatsMap.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(requests);
        RequestStats stats = new()
        {
            Requests = 3,
            Bytes = 1000,
            Open = 2,
            Total = 20,
        };
        (stats.Duration[0], stats.Duration[1], stats.Duration[3]) = (1, 1, 1);
        requests.Set(
            new() { Address = IPAddress.Parse("10.0.0.1").ToBe32(), Method = HttpMethod.Post },
            FirstCpu(stats, requests.CpuCount)
        );

        string text = metrics.Text();
        Assert.StartsWith(
            """
            # HELP http_duration_seconds The histogram 'http.duration' of the BPF map 'requests'.
            # TYPE http_duration_seconds histogram
            http_duration_seconds_bucket{client="10.0.0.1",method="POST or PUT",le="2e-09"} 1
            http_duration_seconds_bucket{client="10.0.0.1",method="POST or PUT",le="4e-09"} 2
            http_duration_seconds_bucket{client="10.0.0.1",method="POST or PUT",le="8e-09"} 2
            http_duration_seconds_bucket{client="10.0.0.1",method="POST or PUT",le="1.6e-08"} 3
            http_duration_seconds_bucket{client="10.0.0.1",method="POST or PUT",le="+Inf"} 3
            http_duration_seconds_sum{client="10.0.0.1",method="POST or PUT"} 2e-08
            http_duration_seconds_count{client="10.0.0.1",method="POST or PUT"} 3
            # HELP http_open The gauge 'http.open' of the BPF map 'requests'.
            # TYPE http_open gauge
            http_open{client="10.0.0.1",method="POST or PUT"} 2
            # HELP http_request_size_bytes_total The counter 'http.request.size' of the BPF map 'requests'.
            # TYPE http_request_size_bytes_total counter
            http_request_size_bytes_total{client="10.0.0.1",method="POST or PUT"} 1000
            # HELP http_requests_total Requests seen by the kernel.
            # TYPE http_requests_total counter
            http_requests_total{client="10.0.0.1",method="POST or PUT"} 3
            # HELP bpfmaps_entries Elements of the map at the last read.
            # TYPE bpfmaps_entries gauge
            bpfmaps_entries{map="requests"} 1

            """,
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("bpfmaps_capacity{map=\"requests\"} 100\n", text, StringComparison.Ordinal);
        Assert.Contains("bpfmaps_dropped_series{map=\"requests\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("bpfmaps_failed_reads_total{map=\"requests\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("bpfmaps_read_duration_seconds{map=\"requests\"} ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("bpfmaps_lost_records", text, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenMetrics_HasUnitsAndAnEnd()
    {
        InMemoryBpfHost host = new();
        using RequestStatsMap requests = RequestStatsMap.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(requests);
        string text = metrics.Text(BpfMetricsFormat.OpenMetrics);
        Assert.Contains("# TYPE http_request_size_bytes counter\n# UNIT http_request_size_bytes bytes\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE bpfmaps_failed_reads counter\nbpfmaps_failed_reads_total{", text, StringComparison.Ordinal);
        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersOfAllTypes_AreWrittenExactly()
    {
        InMemoryBpfHost host = new();
        using NumbersMap numbers = NumbersMap.Create(host);
        using Counts counts = Counts.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(numbers);
        metrics.Add(counts);
        numbers.Set(
            new() { Name = "a\"\\\nb" },
            new()
            {
                Signed = 5,
                Fraction = 0.1,
                Level = -3,
                Single = 0.5f,
            }
        );
        counts.Set(1, ulong.MaxValue);
        Assert.Equal(
            [
                "counts_total{id=\"1\"} 18446744073709551615",
                "fraction_total{name=\"a\\\"\\\\\\nb\"} 0.1",
                "level{name=\"a\\\"\\\\\\nb\"} -3",
                "signed_total{name=\"a\\\"\\\\\\nb\"} 5",
                "single{name=\"a\\\"\\\\\\nb\"} 0.5",
            ],
            metrics.Samples()
        );
    }

    [Fact]
    public void ElementsWithTheSameLabels_AreOneSeries()
    {
        InMemoryBpfHost host = new();
        using NumbersMap numbers = NumbersMap.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(numbers);
        numbers.Set(
            new() { Name = "a", Part = 1 },
            new()
            {
                Signed = 5,
                Fraction = 0.25,
                Level = -3,
            }
        );
        numbers.Set(
            new() { Name = "a", Part = 2 },
            new()
            {
                Signed = 7,
                Fraction = 0.5,
                Level = 10,
            }
        );
        for (int scrape = 0; scrape < 3; scrape++)
            Assert.Equal(
                ["fraction_total{name=\"a\"} 0.75", "level{name=\"a\"} 7", "signed_total{name=\"a\"} 12", "single{name=\"a\"} 0"],
                metrics.Samples()
            );
    }

    [Fact]
    public void KeyThatSaysTheBucket_MakesAHistogram()
    {
        InMemoryBpfHost host = new();
        using DiskLatencyMap latencies = DiskLatencyMap.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(latencies);
        // Bucket 5 is above the last bound, and bucket 9 is the sum.
        foreach ((uint bucket, ulong count) in new[] { (0u, 4ul), (2u, 3ul), (5u, 2ul), (9u, 1_500ul) })
            latencies.Set(new() { Disk = 8, Bucket = bucket }, new() { Count = count });
        Assert.Equal(
            [
                "disk_latency_seconds_bucket{disk=\"8\",le=\"2e-06\"} 4",
                "disk_latency_seconds_bucket{disk=\"8\",le=\"4e-06\"} 4",
                "disk_latency_seconds_bucket{disk=\"8\",le=\"8e-06\"} 7",
                "disk_latency_seconds_bucket{disk=\"8\",le=\"+Inf\"} 9",
                "disk_latency_seconds_sum{disk=\"8\"} 0.0015",
                "disk_latency_seconds_count{disk=\"8\"} 9",
            ],
            metrics.Samples()
        );
    }

    [Fact]
    public void LinearAndExplicitBuckets_HaveTheirBounds()
    {
        InMemoryBpfHost host = new();
        using SizesMap sizes = SizesMap.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(sizes);
        Sizes value = default;
        for (int i = 0; i < 4; i++)
            (value.Linear[i], value.Explicit[i]) = ((ulong)i, 1);
        sizes.Set(1, value);
        Assert.Equal(
            [
                "sizes_explicit_bucket{le=\"0.5\"} 1",
                "sizes_explicit_bucket{le=\"10\"} 2",
                "sizes_explicit_bucket{le=\"1000\"} 3",
                "sizes_explicit_bucket{le=\"+Inf\"} 4",
                "sizes_explicit_count 4",
                "sizes_linear_bucket{le=\"150\"} 0",
                "sizes_linear_bucket{le=\"200\"} 1",
                "sizes_linear_bucket{le=\"250\"} 3",
                "sizes_linear_bucket{le=\"300\"} 6",
                "sizes_linear_bucket{le=\"+Inf\"} 6",
                "sizes_linear_count 6",
            ],
            metrics.Samples()
        );
        string open = metrics.Text(BpfMetricsFormat.OpenMetrics);
        Assert.Contains("sizes_linear_bucket{le=\"150.0\"} 0\n", open, StringComparison.Ordinal);
        // OpenMetrics forbids a count without a sum.
        Assert.DoesNotContain("sizes_linear_count", open, StringComparison.Ordinal);
    }

    [Fact]
    public void LabelsThatDoNotMatch_AreNotExported()
    {
        InMemoryBpfHost host = new();
        using CommandsMap commands = CommandsMap.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(commands);
        foreach (string name in new[] { "curl", "curly", "wget", "sh" })
            commands.Set(new() { Command = name }, new() { Count = 1 });
        for (int scrape = 0; scrape < 2; scrape++)
            Assert.Equal(["commands_total{command=\"curl\"} 1", "commands_total{command=\"wget\"} 1"], metrics.Samples().Order());
        Assert.Equal(["bpfmaps_dropped_series{map=\"commands\"} 0"], metrics.Samples("bpfmaps_dropped_series"));
    }

    [Fact]
    public void TwoMapsOfOneDeclaration_AreToldApart()
    {
        InMemoryBpfHost host = new();
        using Counts first = Counts.Create(host),
            second = Counts.Create(host);
        using BpfMetricsRegistry metrics = new();
        first.Set(1, 10);
        second.Set(1, 20);
        metrics.Add(first, "first");
        Assert.Equal(["counts_total{map=\"first\",id=\"1\"} 10"], metrics.Samples());
        metrics.Add(second, "second");
        Assert.Equal(["counts_total{map=\"first\",id=\"1\"} 10", "counts_total{map=\"second\",id=\"1\"} 20"], metrics.Samples());
        Assert.Contains(
            "name 'second' was already added",
            Assert.Throws<ArgumentException>(() => metrics.Add(first, "second")).Message,
            StringComparison.Ordinal
        );
        Assert.True(metrics.Remove(first));
        Assert.False(metrics.Remove(first));
        Assert.Equal(["counts_total{map=\"second\",id=\"1\"} 20"], metrics.Samples());
    }

    [Fact]
    public void MapWithoutMetrics_HasThoseAboutItself()
    {
        InMemoryBpfHost host = new();
        using Jobs jobs = Jobs.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(jobs);
        Assert.Equal(["bpfmaps_capacity{map=\"jobs\"} 10"], metrics.Samples("bpfmaps_capacity"));
        Assert.Empty(metrics.Samples("bpfmaps_entries"));
    }

    [Fact]
    public void DisposedMap_CountsFailedReadsAndHarmsNoOther()
    {
        InMemoryBpfHost host = new();
        using Counts counts = Counts.Create(host);
        NumbersMap numbers = NumbersMap.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(counts);
        metrics.Add(numbers);
        counts.Set(1, 1);
        numbers.Set(new() { Name = "a" }, new() { Signed = 1 });
        Assert.NotEmpty(metrics.Samples("signed_total"));
        numbers.Dispose();
        Assert.Equal(["counts_total{id=\"1\"} 1"], metrics.Samples());
        Assert.Equal(
            ["bpfmaps_failed_reads_total{map=\"counts\"} 0", "bpfmaps_failed_reads_total{map=\"numbers\"} 2"],
            metrics.Samples("bpfmaps_failed_reads")
        );
    }

    private static RequestStats[] FirstCpu(RequestStats stats, int cpus)
    {
        RequestStats[] values = new RequestStats[cpus];
        values[0] = stats;
        return values;
    }
}
