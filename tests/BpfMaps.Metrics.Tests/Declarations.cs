using System.Runtime.CompilerServices;

namespace BpfMaps.Tests;

// Maps as an application declares them.

internal enum HttpMethod : byte
{
    Get,

    [BpfLabelText("POST or PUT")]
    Post,
}

[InlineArray(4)]
internal struct Slots
{
    private ulong _first;
}

[BpfMap(Type = BpfMapType.PerCpuHash, Name = "requests", MaxEntries = 100)]
internal struct RequestStats
{
    [BpfCounter("http.requests", Unit = "{request}", Description = "Requests seen by the kernel.")]
    public ulong Requests;

    [BpfCounter("http.request.size", Unit = "By")]
    public ulong Bytes;

    [BpfGauge("http.open")]
    public uint Open;

    public uint Reserved;

    [BpfHistogram("http.duration", Unit = "s", Buckets = BpfBuckets.PowerOfTwo, Scale = 1e-9, Sum = nameof(Total))]
    public Slots Duration;

    public ulong Total;

    public struct Key
    {
        [BpfLabel("client")]
        public Be32 Address;

        [BpfLabel("method")]
        public HttpMethod Method;

        public byte Reserved1;
        public ushort Reserved2;
    }
}

[BpfMap(Type = BpfMapType.Hash, Name = "numbers", MaxEntries = 1000)]
internal struct Numbers
{
    [BpfCounter("signed")]
    public long Signed;

    [BpfCounter("fraction")]
    public double Fraction;

    [BpfGauge("level")]
    public short Level;

    [BpfGauge("single")]
    public float Single;

    public ushort Reserved;

    public struct Key
    {
        [BpfLabel("name")]
        public BpfText<Bytes8> Name;

        /// <summary>Not a label: elements that differ only here are one series.</summary>
        public uint Part;
    }
}

[BpfMap(Type = BpfMapType.Hash, Name = "counts", Value = typeof(ulong), Key = typeof(uint), MaxEntries = 20_000)]
[BpfLabel("id")]
[BpfCounter("counts")]
internal sealed partial class Counts;

[BpfMap(Type = BpfMapType.PerCpuHash, Name = "cpu_counts", Value = typeof(ulong), Key = typeof(uint), MaxEntries = 20_000)]
[BpfLabel("id")]
[BpfCounter("cpu.counts")]
internal sealed partial class CpuCounts;

[BpfMap(Type = BpfMapType.Hash, Name = "disk_latency", MaxEntries = 1000)]
internal struct DiskLatency
{
    [BpfHistogram("disk.latency", Unit = "s", Scale = 1e-6, BucketCount = 3, SumBucket = 9)]
    public ulong Count;

    public struct Key
    {
        [BpfLabel("disk")]
        public uint Disk;

        [BpfBucket]
        public uint Bucket;
    }
}

[BpfMap(Type = BpfMapType.Hash, Name = "sizes", Key = typeof(uint), MaxEntries = 10)]
internal struct Sizes
{
    [BpfHistogram("sizes.linear", Buckets = BpfBuckets.Linear, Start = 100, Width = 50)]
    public Slots Linear;

    [BpfHistogram("sizes.explicit", Buckets = BpfBuckets.Explicit, Bounds = [0.5, 10, 1000])]
    public Slots Explicit;
}

[BpfMap(Type = BpfMapType.Hash, Name = "commands", MaxEntries = 100)]
internal struct Commands
{
    [BpfCounter("commands")]
    public ulong Count;

    public struct Key
    {
        [BpfLabel("command", Match = "^(curl|wget)$")]
        public BpfText<Bytes8> Command;
    }
}

[BpfMap(Type = BpfMapType.Queue, Name = "jobs", Value = typeof(uint), MaxEntries = 10)]
internal sealed partial class Jobs;
