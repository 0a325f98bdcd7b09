namespace BpfMaps.Tests;

/// <summary>A map of a given type, with a matching key and value and everything that they refer to.</summary>
internal sealed class SampleMap : IDisposable
{
    private readonly IDisposable[] _held;

    /// <summary>Creates the map.</summary>
    /// <param name="spec">The specification of the map.</param>
    /// <param name="held">The objects that the map needs, which are disposed with it.</param>
    public SampleMap(BpfMapSpec spec, params IDisposable[] held)
    {
        _held = held;
        Map = TestMaps.Create(spec);
        Key = Map.Type == BpfMapType.LpmTrie ? [.. TestMaps.Bytes(32), 10, 0, 0, 1] : TestMaps.Key(Map.KeySize, 3);
        Value = spec.InnerMap is null ? TestMaps.Key(Map.ElementValueSize, 0x11223344) : TestMaps.DescriptorOf(spec.InnerMap);
    }

    /// <summary>The map types whose elements are bytes or maps and need nothing else of a kernel.</summary>
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

    /// <summary>Creates an empty map of one of the <see cref="Kinds"/>.</summary>
    public static SampleMap Of(BpfMapType type)
    {
        if (type is not (BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps))
            return new SampleMap(Specification(type, innerMap: null));

        RawMap inner = TestMaps.Create(BpfMapType.Hash);
        return new SampleMap(Specification(type, inner), inner);
    }

    /// <summary>Gets the specification of a small map of one of the <see cref="Kinds"/>.</summary>
    /// <param name="type">The map type.</param>
    /// <param name="innerMap">The template, used only for maps of maps.</param>
    public static BpfMapSpec Specification(BpfMapType type, RawMap? innerMap)
    {
        Assert.Contains(type, Kinds);
        BpfMapSpec spec = new()
        {
            Type = type,
            Name = "sample",
            KeySize = 4,
            ValueSize = 8,
            MaxEntries = 8,
        };
        return type switch
        {
            BpfMapType.LpmTrie => spec with { KeySize = 8, Flags = BpfMapFlags.NoPrealloc },
            BpfMapType.Queue or BpfMapType.Stack or BpfMapType.BloomFilter => spec with { KeySize = 0 },
            BpfMapType.RingBuf or BpfMapType.UserRingBuf => spec with
            {
                KeySize = 0,
                ValueSize = 0,
                MaxEntries = (uint)Environment.SystemPageSize,
            },
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
