extern alias runtime;

using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Metadata;
using static BpfMaps.Generators.Tests.Harness.SnapshotVerifier;
using BpfTypeKind = runtime::BpfMaps.Metadata.BpfTypeKind;

namespace BpfMaps.Generators.Tests;

/// <summary>Generated descriptions of metrics.</summary>
public sealed class MetricsCodeTests
{
    private const string Requests = """
        using System;
        using System.Runtime.CompilerServices;
        using BpfMaps;

        namespace Acme;

        public enum HttpMethod : byte { Get = 1, [BpfLabelText("POST/PUT")] Post = 2, Put = 2 }
        [InlineArray(4)] public struct Slots { private ulong _first; }
        public sealed class Hex : IBpfLabelDecoder<ReadOnlySpan<byte>> { public string? Decode(ReadOnlySpan<byte> value) => "x" + Convert.ToHexString(value); }
        public sealed class Odd : IBpfLabelDecoder<ulong> { public string? Decode(ulong value) => value % 2 == 1 ? "odd" : null; }

        [BpfMap(Type = BpfMapType.PerCpuHash, Name = "requests", MaxEntries = 100)]
        public struct RequestStats
        {
            public struct Key
            {
                [BpfLabel("client")] public Be32 Address;
                [BpfLabel("method")] public HttpMethod Method;
                [BpfLabel("raw", Decoder = typeof(Hex))] public byte Raw;
                [BpfLabel("port")] public Be16 Port;
                [BpfLabel("cgroup", Decoder = typeof(Odd), Match = "^odd\\d*$")] public ulong Cgroup;
                public Inner Inner;
            }
            public struct Inner { [BpfLabel("comm")] public BpfText<Bytes16> Comm; [BpfLabel("error")] public int Error; public int Unused; }
            [BpfCounter("http.requests", Unit = "{request}", Description = "Requests \"seen\".")] public ulong Requests;
            [BpfGauge("http.open")] public uint Open;
            private uint _pad;
            [BpfHistogram("http.duration", Unit = "s", Scale = 1e-9, Sum = nameof(Total))] public Slots Duration;
            [BpfHistogram("http.size", Buckets = BpfBuckets.Linear, Start = -5, Width = 2.5)] public Slots Size;
            [BpfHistogram("http.rank", Buckets = BpfBuckets.Explicit, Bounds = new double[] { 1, 2.5, 10 })] public Slots Rank;
            public ulong Total;
        }

        [BpfMap(Type = BpfMapType.Hash, MaxEntries = 100)]
        public struct Latency
        {
            public struct Key { [BpfLabel("disk")] public uint Disk; [BpfBucket] public uint Bucket; }
            [BpfHistogram("disk.latency", BucketCount = 27, SumBucket = 27)] public ulong Count;
        }

        [BpfMap(Type = BpfMapType.Array, Value = typeof(ulong), MaxEntries = 4), BpfLabel("index"), BpfCounter("switches")]
        public partial class Switches;
        """;

    [Fact]
    public Task Metrics_OfEveryForm() => Verify(Generation.RunClean(Requests));

    [Fact]
    public void Labels_MakeTextOfKeys()
    {
        using LoadedCode code = new(Requests);
        BpfMetricsSchema metrics = code.SchemaOf("Acme.RequestStatsMap").Metrics!();
        byte[] key =
        [
            10,
            0,
            0,
            1,
            2,
            0xAB,
            0x1F,
            0x90,
            5,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            .. "curl\0xxxxxxxxxxx"u8,
            0xFE,
            0xFF,
            0xFF,
            0xFF,
            0,
            0,
            0,
            0,
        ];
        Assert.Equal(["client", "method", "raw", "port", "cgroup", "comm", "error"], metrics.Labels.Select(static l => l.Name));
        Assert.Equal(["10.0.0.1", "POST/PUT", "xAB", "8080", "odd", "curl", "-2"], metrics.Labels.Select(l => l.GetText(key)));
        (key[4], key[8]) = (9, 6);
        Assert.Equal(["10.0.0.1", "9", "xAB", "8080", "6", "curl", "-2"], metrics.Labels.Select(l => l.GetText(key)));
        Assert.Equal("^odd\\d*$", metrics.Labels[4].Match);
    }

    [Fact]
    public void Metrics_KnowTheirFields()
    {
        using LoadedCode code = new(Requests);
        BpfMetricsSchema metrics = code.SchemaOf("Acme.RequestStatsMap").Metrics!();
        Assert.Equal(
            [
                new(0, BpfTypeKind.Unsigned, 8),
                new(8, BpfTypeKind.Unsigned, 4),
                new(16, BpfTypeKind.Unsigned, 8, 4),
                new(48, BpfTypeKind.Unsigned, 8, 4),
                new(80, BpfTypeKind.Unsigned, 8, 4),
            ],
            metrics.Metrics.Select(static m => m.Field)
        );
        Assert.Equal(new BpfNumberField(112, BpfTypeKind.Unsigned, 8), metrics.Metrics[2].Sum);
        Assert.Equal([2, 4, 8, 16], metrics.Metrics[2].Bounds);
        Assert.Equal([-2.5, 0, 2.5, 5], metrics.Metrics[3].Bounds);
        Assert.Equal([1, 2.5, 10], metrics.Metrics[4].Bounds);
        Assert.Equal("Requests \"seen\".", metrics.Metrics[0].Description);
        BpfMetricsSchema latency = code.SchemaOf("Acme.LatencyMap").Metrics!();
        Assert.Equal(new BpfNumberField(4, BpfTypeKind.Unsigned, 4), latency.Bucket);
        Assert.Equal((27, 27), (latency.Metrics[0].Bounds.Count, latency.Metrics[0].SumBucket));
        Assert.Equal(["index"], code.SchemaOf("Acme.Switches").Metrics!().Labels.Select(static l => l.Name));
    }

    [Fact]
    public void MapsWithoutMetrics_HaveNone()
    {
        using LoadedCode code = new(
            "using BpfMaps; [BpfMap(Type = BpfMapType.Hash)] public struct Plain { public struct Key { [BpfLabel(\"a\")] public uint A; } public ulong Count; }"
        );
        Assert.Null(code.SchemaOf("PlainMap").Metrics);
    }
}
