namespace BpfMaps.Tests;

/// <summary>A map of a kind, with a key and a value that fit it, and whatever key and value refer to.</summary>
internal sealed class SampleMap : IDisposable
{
    private readonly IDisposable[] _held;

    /// <summary>Creates the map.</summary>
    /// <param name="spec">What it is like.</param>
    /// <param name="held">What has to live as long as it, and goes with it.</param>
    public SampleMap(BpfMapSpec spec, params IDisposable[] held)
    {
        _held = held;
        Map = TestMaps.Create(spec);
        Key = Map.Type == BpfMapType.LpmTrie ? [.. TestMaps.Bytes(32), 10, 0, 0, 1] : TestMaps.Key(Map.KeySize, 3);
        Value = spec.InnerMap is null ? TestMaps.Key(Map.ElementValueSize, 0x11223344) : TestMaps.DescriptorOf(spec.InnerMap);
    }

    /// <summary>The kinds whose elements are bytes, or maps: nothing else of a kernel is needed for them.</summary>
    public static IReadOnlyList<BpfMapType> Kinds { get; } =
    [
        BpfMapType.Hash,
        BpfMapType.Array,
        BpfMapType.PerCpuHash,
        BpfMapType.PerCpuArray,
        BpfMapType.LruHash,
        BpfMapType.LruPerCpuHash,
        BpfMapType.LpmTrie,
        BpfMapType.ArrayOfMaps,
        BpfMapType.HashOfMaps,
        BpfMapType.Queue,
        BpfMapType.Stack,
        BpfMapType.RingBuf,
        BpfMapType.BloomFilter,
        BpfMapType.UserRingBuf,
    ];

    public RawMap Map { get; }

    public byte[] Key { get; init; }

    public byte[] Value { get; init; }

    /// <summary>A map of one of the <see cref="Kinds"/> that holds nothing.</summary>
    public static SampleMap Of(BpfMapType type)
    {
        if (type is not (BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps))
            return new SampleMap(Specification(type, innerMap: null));

        RawMap inner = TestMaps.Create(BpfMapType.Hash);
        return new SampleMap(Specification(type, inner), inner);
    }

    /// <summary>What a small map of one of the <see cref="Kinds"/> is like.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="innerMap">The template, which counts only for maps of maps.</param>
    public static BpfMapSpec Specification(BpfMapType type, RawMap? innerMap)
    {
        Assert.Contains(type, Kinds);
        BpfMapSpec spec = new() { Type = type, Name = "sample", KeySize = 4, ValueSize = 8, MaxEntries = 8 };
        return type switch
        {
            BpfMapType.LpmTrie => spec with { KeySize = 8, Flags = BpfMapFlags.NoPrealloc },
            BpfMapType.Queue or BpfMapType.Stack or BpfMapType.BloomFilter => spec with { KeySize = 0 },
            BpfMapType.RingBuf or BpfMapType.UserRingBuf => spec with { KeySize = 0, ValueSize = 0, MaxEntries = (uint)Environment.SystemPageSize },
            BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps => spec with { ValueSize = 4, InnerMap = innerMap },
            _ => spec,
        };
    }

    public void Dispose()
    {
        Map.Dispose();
        foreach (IDisposable held in _held)
            held.Dispose();
    }
}
