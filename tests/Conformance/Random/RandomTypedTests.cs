using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Tests random sequences of operations on typed maps.</summary>
public sealed class RandomTypedTests
{
    private const int FlowKeySize = 8;
    private const int FlowStatsSize = 16;

    private static readonly Gen<uint> s_capacities = Gen.UInt[1, 12];

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.LruHash)]
    public void Hash_BehavesLikeADictionary(BpfMapType type) =>
        Sequences.Check(
            Steps.Typed(
                type,
                [BpfUpdateFlags.NoExist, BpfUpdateFlags.Exist],
                MapCall.Update,
                MapCall.Lookup,
                MapCall.LookupAndDelete,
                MapCall.Delete,
                MapCall.Walk,
                MapCall.UpdateBatch,
                MapCall.RemoveRange,
                MapCall.ReadAll,
                MapCall.Drain,
                MapCall.Count,
                MapCall.Clear
            ),
            s_capacities,
            capacity =>
                (
                    new HashSubject(new RandomHashMap(TestMaps.Create(type, FlowKeySize, FlowStatsSize, capacity))),
                    Dictionary(type, capacity)
                )
        );

    [Theory]
    [InlineData(BpfMapType.PerCpuHash)]
    [InlineData(BpfMapType.LruPerCpuHash)]
    public void PerCpuHash_BehavesLikeADictionary(BpfMapType type) =>
        Sequences.Check(
            Steps.Typed(
                type,
                [BpfUpdateFlags.NoExist, BpfUpdateFlags.Exist],
                MapCall.Update,
                MapCall.Lookup,
                MapCall.LookupAndDelete,
                MapCall.Delete,
                MapCall.Walk,
                MapCall.RemoveRange,
                MapCall.ReadAll,
                MapCall.Drain,
                MapCall.Count,
                MapCall.Clear
            ),
            s_capacities,
            capacity =>
                (
                    new PerCpuHashSubject(new RandomPerCpuHashMap(TestMaps.Create(type, FlowKeySize, sizeof(ulong), capacity))),
                    Dictionary(type, capacity)
                )
        );

    [Fact]
    public void Array_BehavesLikeAnArray() =>
        Sequences.Check(
            Steps.Typed(BpfMapType.Array, [BpfUpdateFlags.Exist], MapCall.Update, MapCall.Lookup, MapCall.SetRange, MapCall.ReadAll),
            s_capacities,
            length =>
                (
                    new ArraySubject(new RandomArrayMap(TestMaps.Create(BpfMapType.Array, valueSize: FlowStatsSize, maxEntries: length))),
                    new ArrayModel(length, isTyped: true)
                )
        );

    [Fact]
    public void PerCpuArray_BehavesLikeAnArray() =>
        Sequences.Check(
            Steps.Typed(BpfMapType.PerCpuArray, [], MapCall.Update, MapCall.Lookup, MapCall.ReadAll),
            s_capacities,
            length =>
                (
                    new PerCpuArraySubject(
                        new RandomPerCpuArrayMap(TestMaps.Create(BpfMapType.PerCpuArray, valueSize: sizeof(uint), maxEntries: length))
                    ),
                    new ArrayModel(length, isTyped: true)
                )
        );

    [Fact]
    public void Trie_BehavesLikeADictionaryOfPrefixes()
    {
        TestHost.RequireFeature(KernelFeature.TrieFlags);
        Sequences.Check(
            Steps.Typed(
                BpfMapType.LpmTrie,
                [BpfUpdateFlags.NoExist, BpfUpdateFlags.Exist],
                MapCall.Update,
                MapCall.Lookup,
                MapCall.Delete,
                MapCall.Walk,
                MapCall.UpdateBatch,
                MapCall.RemoveRange,
                MapCall.ReadAll,
                MapCall.Count,
                MapCall.Clear
            ),
            s_capacities,
            capacity =>
            {
                TrieCodec codec = new(dataSize: 4, FlowStatsSize);
                return (
                    new TrieSubject(new RandomTrieMap(TestMaps.Create(BpfMapType.LpmTrie, keySize: 8, FlowStatsSize, capacity)), codec),
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
            Steps.Typed(type, [BpfUpdateFlags.Exist], MapCall.Update, MapCall.Lookup, MapCall.LookupAndDelete),
            s_capacities,
            capacity =>
            {
                RawMap map = TestMaps.Create(type, keySize: 0, FlowStatsSize, capacity);
                LineSubject subject = type == BpfMapType.Queue ? new QueueSubject(new(map)) : new StackSubject(new(map));
                return (subject, new LineModel(capacity, type == BpfMapType.Stack));
            }
        );

    [Fact]
    public void BloomFilter_BehavesLikeASetWithFalsePositives()
    {
        TestHost.RequireFeature(KernelFeature.BloomFilters);
        Sequences.Check(
            Steps.Typed(BpfMapType.BloomFilter, [], MapCall.Update, MapCall.Lookup),
            s_capacities,
            capacity =>
                (
                    new BloomSubject(new RandomBloomFilter(TestMaps.Create(BpfMapType.BloomFilter, keySize: 0, FlowKeySize, capacity))),
                    new BloomModel()
                )
        );
    }

    private static MapModel Dictionary(BpfMapType type, uint capacity) =>
        type is BpfMapType.LruHash or BpfMapType.LruPerCpuHash ? new LruModel(capacity) : new HashModel(capacity);
}
