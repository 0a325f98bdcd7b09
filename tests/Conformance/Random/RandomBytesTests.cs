using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Tests random sequences of commands on raw maps.</summary>
public sealed class RandomBytesTests
{
    private static readonly MapCall[] s_keyed =
    [
        MapCall.Update,
        MapCall.Lookup,
        MapCall.LookupAndDelete,
        MapCall.Delete,
        MapCall.NextKey,
        MapCall.Walk,
        MapCall.UpdateBatch,
        MapCall.DeleteBatch,
        MapCall.ReadAll,
        MapCall.Drain,
        MapCall.DrainChunk,
    ];

    // Map types without keys have no batches of them.
    private static readonly MapCall[] s_keyless =
    [
        MapCall.Update,
        MapCall.Lookup,
        MapCall.LookupAndDelete,
        MapCall.Delete,
        MapCall.NextKey,
        MapCall.Walk,
        MapCall.ReadAll,
        MapCall.Drain,
    ];

    // Sizes with and without padding, keys of one byte, and keys longer than a word.
    private static readonly Gen<(int Key, int Value)> s_sizes = Gen.OneOf((1, 1), (4, 8), (8, 12), (12, 5));
    private static readonly Gen<int> s_valueSizes = Gen.OneOf(1, 8, 12);

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.PerCpuHash)]
    public void Hash_BehavesLikeADictionaryWithACapacity(BpfMapType type) =>
        Sequences.Check(
            Steps.Raw(type, s_keyed),
            Gen.Select(s_sizes, Gen.UInt[1, 12], Gen.OneOf(BpfMapFlags.None, BpfMapFlags.NoPrealloc)),
            shape =>
            {
                ((int keySize, int valueSize), uint capacity, BpfMapFlags flags) = shape;
                return (Raw(TestMaps.Create(type, keySize, valueSize, capacity, flags)), new HashModel(capacity));
            }
        );

    [Theory]
    [InlineData(BpfMapType.LruHash)]
    [InlineData(BpfMapType.LruPerCpuHash)]
    public void LruHash_BehavesLikeADictionaryThatEvicts(BpfMapType type) =>
        Sequences.Check(
            Steps.Raw(type, s_keyed),
            Gen.Select(s_sizes, Gen.UInt[1, 12], Gen.OneOf(BpfMapFlags.None, BpfMapFlags.NoCommonLru)),
            shape =>
            {
                ((int keySize, int valueSize), uint capacity, BpfMapFlags flags) = shape;
                RawMap map = TestMaps.Create(type, keySize, valueSize, capacity, flags);
                return (Raw(map), new LruModel(map.MaxEntries));
            }
        );

    [Theory]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.PerCpuArray)]
    public void Array_BehavesLikeAnArray(BpfMapType type) =>
        Sequences.Check(
            Steps.Raw(type, s_keyed),
            Gen.Select(s_valueSizes, Gen.UInt[1, 12]),
            shape =>
            {
                (int valueSize, uint length) = shape;
                return (Raw(TestMaps.Create(type, valueSize: valueSize, maxEntries: length)), new ArrayModel(length));
            }
        );

    [Fact]
    public void Trie_BehavesLikeADictionaryOfPrefixes()
    {
        TestHost.RequireFeature(KernelFeature.TrieFlags);
        Sequences.Check(
            Steps.Raw(BpfMapType.LpmTrie, s_keyed),
            Gen.Select(Gen.OneOf(1, 2, 4, 16), s_valueSizes, Gen.UInt[1, 12]),
            shape =>
            {
                (int dataSize, int valueSize, uint capacity) = shape;
                TrieCodec codec = new(dataSize, valueSize);
                return (
                    new RawSubject(TestMaps.Create(BpfMapType.LpmTrie, sizeof(uint) + dataSize, valueSize, capacity), codec),
                    new TrieModel(capacity, codec)
                );
            }
        );
    }

    [Theory]
    [InlineData(BpfMapType.Queue)]
    [InlineData(BpfMapType.Stack)]
    public void QueueOrStack_BehavesLikeOneWithACapacity(BpfMapType type) =>
        Sequences.Check(
            Steps.Raw(type, s_keyless),
            Gen.Select(s_valueSizes, Gen.UInt[1, 12]),
            shape =>
            {
                (int valueSize, uint capacity) = shape;
                return (Raw(TestMaps.Create(type, keySize: 0, valueSize, capacity)), new LineModel(capacity, type == BpfMapType.Stack));
            }
        );

    [Fact]
    public void BloomFilter_BehavesLikeASetWithFalsePositives()
    {
        TestHost.RequireFeature(KernelFeature.BloomFilters);
        Sequences.Check(
            Steps.Raw(BpfMapType.BloomFilter, s_keyless),
            Gen.Select(s_valueSizes, Gen.UInt[1, 12]),
            shape =>
            {
                (int valueSize, uint capacity) = shape;
                return (Raw(TestMaps.Create(BpfMapType.BloomFilter, keySize: 0, valueSize, capacity)), new BloomModel());
            }
        );
    }

    [Theory]
    [InlineData(BpfMapType.ArrayOfMaps)]
    [InlineData(BpfMapType.HashOfMaps)]
    public void MapOfMaps_BehavesLikeAMapOfIds(BpfMapType type)
    {
        using InnerMaps inner = new();
        Sequences.Check(
            Steps.Raw(type, s_keyed),
            Gen.UInt[1, 12],
            capacity =>
            {
                RawMap map = TestMaps.Create(
                    new BpfMapSpec
                    {
                        Type = type,
                        KeySize = 4,
                        ValueSize = 4,
                        MaxEntries = capacity,
                        InnerMap = inner.Template,
                    }
                );
                return (
                    new RawSubject(map, inner),
                    type == BpfMapType.ArrayOfMaps ? new ArrayOfMapsModel(capacity) : new HashOfMapsModel(capacity)
                );
            },
            // Every write to a map of maps waits for all running programs to end; many writers can wait concurrently.
            threads: 128
        );
    }

    private static RawSubject Raw(RawMap map) =>
        new(
            map,
            map.Type switch
            {
                BpfMapType.Array or BpfMapType.PerCpuArray => new IndexCodec(map.ElementValueSize, map.ValueSize),
                BpfMapType.Queue or BpfMapType.Stack or BpfMapType.BloomFilter => new KeylessCodec(map.ElementValueSize),
                _ => new BytesCodec(map.KeySize, map.ElementValueSize, map.ValueSize),
            }
        );
}
