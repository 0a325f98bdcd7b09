using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Every typed class is refused over every kind of map that it is not for.</summary>
public sealed class KindOfClassTests
{
    private static readonly BpfMapSchema s_schema = new() { Type = BpfMapType.Unspecified, Name = "declared" };

    private static readonly Dictionary<Func<RawMap, BpfMap>, BpfMapType[]> s_classes = new()
    {
        [raw => new A1(raw)] = [BpfMapType.Hash, BpfMapType.LruHash],
        [raw => new A2(raw)] = [BpfMapType.PerCpuHash, BpfMapType.LruPerCpuHash],
        [raw => new A3(raw)] = [BpfMapType.Array],
        [raw => new A4(raw)] = [BpfMapType.Array],
        [raw => new A5(raw)] = [BpfMapType.PerCpuArray],
        [raw => new A6(raw)] = [BpfMapType.LpmTrie],
        [raw => new A7(raw)] = [BpfMapType.Queue],
        [raw => new A8(raw)] = [BpfMapType.Stack],
        [raw => new A9(raw)] = [BpfMapType.BloomFilter],
        [raw => new B1(raw)] = [BpfMapType.RingBuf],
        [raw => new B2(raw)] = [BpfMapType.UserRingBuf],
        [raw => new B3(raw)] = [BpfMapType.PerfEventArray],
        [raw => new B4(raw)] = [BpfMapType.ArrayOfMaps],
        [raw => new B5(raw)] = [BpfMapType.HashOfMaps],
        [raw => new B6(raw)] = [BpfMapType.ProgArray],
        [raw => new B7(raw)] = [BpfMapType.CgroupArray],
        [raw => new B8(raw)] = [BpfMapType.CgroupStorage],
        [raw => new B9(raw)] = [BpfMapType.PerCpuCgroupStorage],
        [raw => new C1(raw)] = [BpfMapType.StackTrace],
        [raw => new C2(raw)] = [BpfMapType.StackTrace],
        [raw => new C3(raw)] = [BpfMapType.DevMap],
        [raw => new C4(raw)] = [BpfMapType.DevMapHash],
        [raw => new C5(raw)] = [BpfMapType.CpuMap],
        [raw => new C6(raw)] = [BpfMapType.XskMap],
        [raw => new C7(raw)] = [BpfMapType.SockMap],
        [raw => new C8(raw)] = [BpfMapType.SockHash],
        [raw => new C9(raw)] = [BpfMapType.ReusePortSockArray],
        [raw => new D1(raw)] = [BpfMapType.SkStorage],
        [raw => new D2(raw)] = [BpfMapType.InodeStorage],
        [raw => new D3(raw)] = [BpfMapType.TaskStorage],
        [raw => new D4(raw)] = [BpfMapType.CgrpStorage],
        [raw => new D5(raw)] = [BpfMapType.Arena],
    };

    public static TheoryData<BpfMapType> Kinds => [.. Enum.GetValues<BpfMapType>().Except([BpfMapType.Unspecified, BpfMapType.StructOps])];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MapOfAnotherKind_IsRefusedByEveryClassAndClosed(BpfMapType type)
    {
        using SampleMap sample = KernelSample.Of(type);
        foreach ((Func<RawMap, BpfMap> make, BpfMapType[] kinds) in s_classes)
        {
            if (kinds.Contains(type))
                continue;

            RawMap raw = TestMaps.FromFileDescriptor((int)sample.Map.Handle.DangerousGetHandle());
            BpfMapMismatchException refusal = Assert.Throws<BpfMapMismatchException>(() => make(raw));
            Assert.Contains($"type is {type}, but", refusal.Message, StringComparison.Ordinal);
            Assert.Contains($"requires {string.Join(" or ", kinds)}", Assert.Single(refusal.Differences), StringComparison.Ordinal);
            Assert.True(raw.Handle.IsClosed, "The map was left open.");
        }
    }

    [Fact]
    public void EveryClass_IsTried()
    {
        Type[] classes = [.. typeof(BpfMap).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(BpfMap)))];
        IEnumerable<Type> tried = typeof(KindOfClassTests)
            .GetNestedTypes(System.Reflection.BindingFlags.NonPublic)
            .Where(type => type.IsSubclassOf(typeof(BpfMap)))
            .SelectMany(Bases);
        // Those between the bases and these are for no kind of their own.
        string[] missing = [.. classes.Except(tried).Select(type => type.Name)];
        Assert.Empty(missing);

        static IEnumerable<Type> Bases(Type type)
        {
            for (Type? each = type.BaseType; each is not null && each != typeof(BpfMap); each = each.BaseType)
                yield return each.IsGenericType ? each.GetGenericTypeDefinition() : each;
        }
    }

    private sealed class A1(RawMap raw) : BpfHashMap<uint, uint>(raw, s_schema);

    private sealed class A2(RawMap raw) : BpfPerCpuHashMap<uint, uint>(raw, s_schema)
    {
        protected override void Accumulate(ref uint total, in uint value) => total += value;
    }

    private sealed class A3(RawMap raw) : BpfArrayMap<uint>(raw, s_schema);

    private sealed class A4(RawMap raw) : BpfMappedArrayMap<uint>(raw, s_schema);

    private sealed class A5(RawMap raw) : BpfPerCpuArrayMap<uint>(raw, s_schema)
    {
        protected override void Accumulate(ref uint total, in uint value) => total += value;
    }

    private sealed class A6(RawMap raw) : BpfLpmTrieMap<uint, uint>(raw, s_schema);

    private sealed class A7(RawMap raw) : BpfQueueMap<uint>(raw, s_schema);

    private sealed class A8(RawMap raw) : BpfStackMap<uint>(raw, s_schema);

    private sealed class A9(RawMap raw) : BpfBloomFilter<uint>(raw, s_schema);

    private sealed class B1(RawMap raw) : BpfRingBuffer<uint>(raw, s_schema);

    private sealed class B2(RawMap raw) : BpfUserRingBuffer<uint>(raw, s_schema);

    private sealed class B3(RawMap raw) : BpfPerfEventArray<uint>(raw, s_schema);

    private sealed class B4(RawMap raw) : BpfArrayOfMaps<FlowsMap>(raw, s_schema, FlowsMap.FromRaw);

    private sealed class B5(RawMap raw) : BpfHashOfMaps<uint, FlowsMap>(raw, s_schema, FlowsMap.FromRaw);

    private sealed class B6(RawMap raw) : BpfProgArray(raw, s_schema);

    private sealed class B7(RawMap raw) : BpfCgroupArray(raw, s_schema);

    private sealed class B8(RawMap raw) : BpfAttachedCgroupStorage<ulong, uint>(raw, s_schema);

    private sealed class B9(RawMap raw) : BpfAttachedPerCpuCgroupStorage<ulong, uint>(raw, s_schema)
    {
        protected override void Accumulate(ref uint total, in uint value) => total += value;
    }

    private sealed class C1(RawMap raw) : BpfStackTraceMap(raw, s_schema);

    private sealed class C2(RawMap raw) : BpfBuildIdStackTraceMap(raw, s_schema);

    private sealed class C3(RawMap raw) : BpfDevMap(raw, s_schema);

    private sealed class C4(RawMap raw) : BpfDevMapHash(raw, s_schema);

    private sealed class C5(RawMap raw) : BpfCpuMap(raw, s_schema);

    private sealed class C6(RawMap raw) : BpfXskMap(raw, s_schema);

    private sealed class C7(RawMap raw) : BpfSockMap(raw, s_schema);

    private sealed class C8(RawMap raw) : BpfSockHash<uint>(raw, s_schema);

    private sealed class C9(RawMap raw) : BpfReusePortSockArray(raw, s_schema);

    private sealed class D1(RawMap raw) : BpfSkStorage<uint>(raw, s_schema);

    private sealed class D2(RawMap raw) : BpfInodeStorage<uint>(raw, s_schema);

    private sealed class D3(RawMap raw) : BpfTaskStorage<uint>(raw, s_schema);

    private sealed class D4(RawMap raw) : BpfCgroupLocalStorage<uint>(raw, s_schema);

    private sealed class D5(RawMap raw) : BpfArena(raw, s_schema);
}
