using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Rules for types of keys and values.</summary>
public sealed class KeyAndValueTests
{
    [Fact]
    public Task KeyedMapWithoutKey_IsReported() =>
        Verify(
            "[BpfMap(Type = Hash)] public struct {|BPFMAP006:Flow|} { public ulong Count; }",
            "Hash maps need a key, but 'Flow' neither sets Key nor has a nested struct named 'Key': add 'Key = typeof(...)' or the struct"
        );

    [Fact]
    public Task KeyByAttributeOrByName_IsNotReported() =>
        Verify(
            """
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct A { public ulong Count; }
            [BpfMap(Type = LruHash)] public struct B { public enum Key { One } public ulong Count; }
            [BpfMap(Type = BpfMapType.Array)] public struct C { public ulong Count; }
            """
        );

    [Fact]
    public Task KeyOnKeylessKind_IsReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, {|BPFMAP007:Key = typeof(uint)|})] public struct A { public ulong Count; }
            [BpfMap(Type = Stack, {|BPFMAP007:KeySize = 4|})] public struct B { public ulong Count; }
            [BpfMap(Type = BloomFilter)] public struct C { public struct {|BPFMAP007:Key|} { public uint Id; } public ulong Count; }
            """,
            "Queue maps have no keys, but 'A' sets Key: remove it",
            "Stack maps have no keys, but 'B' sets KeySize: remove it",
            "BloomFilter maps have no keys, but 'C' has a nested struct named 'Key': remove it"
        );

    [Fact]
    public Task KeyOfALocalStorage_IsReported() =>
        Verify(
            """
            [BpfMap(Type = SkStorage, {|BPFMAP007:Key = typeof(int)|})] public struct A { public ulong Count; }
            [BpfMap(Type = TaskStorage, {|BPFMAP007:KeySize = 8|})] public struct B { public ulong Count; }
            [BpfMap(Type = InodeStorage)] public struct C { public struct {|BPFMAP007:Key|} { public uint Id; } public ulong Count; }
            [BpfMap(Type = CgrpStorage, KeySize = 4)] public struct D { public ulong Count; }
            """,
            "The keys of SkStorage maps are file descriptors and are not declared, but 'A' sets Key: remove it",
            "The keys of TaskStorage maps are file descriptors and are not declared, but 'B' sets KeySize: remove it",
            "The keys of InodeStorage maps are file descriptors and are not declared, but 'C' has a nested struct named 'Key': remove it"
        );

    [Fact]
    public Task ValueThatIsTooLargeForALocalStorage_IsReported() =>
        Verify(
            "[InlineArray(65536)] public struct Large { private byte _first; }\n[BpfMap(Type = SkStorage, Value = {|BPFMAP029:typeof(Large)|})] public sealed partial class Notes;"
        );

    [Fact]
    public Task KeySizeZeroOnKeylessKind_IsNotReported() =>
        Verify("[BpfMap(Type = Queue, KeySize = 0)] public struct A { public ulong Count; }");

    [Fact]
    public Task IndexThatIsNot4Bytes_IsReported() =>
        Verify(
            """
            [BpfMap(Type = BpfMapType.Array, Key = {|BPFMAP008:typeof(ulong)|})] public struct A { public ulong Count; }
            [BpfMap(Type = PerCpuArray)] public struct B { public struct {|BPFMAP008:Key|} { public byte X; } public ulong Count; }
            """,
            "The key of Array maps is a 4-byte index, but 'ulong' is 8 bytes: use uint",
            "The key of PerCpuArray maps is a 4-byte index, but 'B.Key' is 1 byte: use uint"
        );

    [Fact]
    public Task KeyOfACgroupStorage_IsOneOfTwoSizes() =>
        Verify(
            """
            [BpfMap(Type = CgroupStorage, Key = {|BPFMAP008:typeof(uint)|})] public struct A { public ulong Count; }
            [BpfMap(Type = CgroupStorage)] public struct B { public ulong Count; }
            [BpfMap(Type = PerCpuCgroupStorage, Key = typeof(ulong), KeySize = 8)] public struct C { public ulong Count; }
            """,
            "The key of CgroupStorage maps is BpfCgroupStorageKey or an 8-byte cgroup id, but 'uint' is 4 bytes: use either"
        );

    [Fact]
    public Task IndexOf4Bytes_IsNotReported() =>
        Verify(
            """
            public enum Slot : uint { First }
            [BpfMap(Type = BpfMapType.Array, Key = typeof(Slot))] public struct A { public ulong Count; }
            [BpfMap(Type = BpfMapType.Array, Key = typeof(int), KeySize = 4)] public struct B { public ulong Count; }
            """
        );

    [Fact]
    public Task TrieKeyThatIsNoPrefix_IsReported() =>
        Verify(
            """
            [BpfMap(Type = LpmTrie, Key = {|BPFMAP009:typeof(uint)|})] public struct A { public ulong Count; }
            [BpfMap(Type = LpmTrie)] public struct B { public struct {|BPFMAP009:Key|} { public uint Length, Address; } public ulong Count; }
            [{|BPFMAP009:BpfMap(Type = LpmTrie)|}] public struct C { public ulong Count; }
            [InlineArray(257)] public struct Long { private byte _first; }
            [BpfMap(Type = LpmTrie, Key = {|BPFMAP009:typeof(LpmKey<Long>)|})] public struct D { public ulong Count; }
            """,
            "The key of an LpmTrie map is LpmKey<T> with 1 to 256 bytes of data, but 'uint' is not an LpmKey<T>: write 'Key = typeof(LpmKey<uint>)' if it is the data to match",
            "The key of an LpmTrie map is LpmKey<T> with 1 to 256 bytes of data, but 'B.Key' is not an LpmKey<T>: write 'Key = typeof(LpmKey<B.Key>)' if it is the data to match",
            "The key of an LpmTrie map is LpmKey<T> with 1 to 256 bytes of data, but Key is not set: add 'Key = typeof(LpmKey<Be32>)', or LpmKey<T> of another type",
            "The key of an LpmTrie map is LpmKey<T> with 1 to 256 bytes of data, but the data of 'LpmKey<Long>' is 257 bytes"
        );

    [Fact]
    public Task TrieKeyThatIsAPrefix_IsNotReported() =>
        Verify(
            """
            [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Bytes16>), KeySize = 20)] public struct A { public ulong Count; }
            [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<B.Key>))] public struct B { public struct Key { public uint Vlan; public Be32 Address; } public ulong Count; }
            """
        );

    [Fact]
    public Task ClassWithoutValue_IsReported() =>
        Verify(
            "[BpfMap(Type = Queue)] public partial class {|BPFMAP010:Jobs|};",
            "The map class 'Jobs' has no value type: add 'Value = typeof(...)'"
        );

    [Fact]
    public Task ValueOnStruct_IsReported() =>
        Verify("[BpfMap(Type = Queue, {|BPFMAP011:Value = typeof(uint)|})] public struct Job { public uint Id; }");

    [Fact]
    public Task ValueThatIsTheStructItself_IsNotReported() =>
        Verify("[BpfMap(Type = Queue, Value = typeof(Job))] public struct Job { public uint Id; }");

    [Fact]
    public Task KeySizeThatIsNotTheKeys_IsReported() =>
        Verify(
            "[BpfMap(Type = Hash, KeySize = {|BPFMAP024:12|})] public struct Flow { public struct Key { public uint Address; public byte Protocol; } public ulong Count; }",
            "'Flow.Key' is 8 bytes, but KeySize is 12: Address at 0 (4 bytes), Protocol at 4 (1 byte), 3 bytes of padding at 5"
        );

    [Fact]
    public Task ValueSizeThatIsNotTheValues_IsReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, ValueSize = {|BPFMAP025:8|})] public struct Job { public ulong Id; public Bytes8 Data; }
            [BpfMap(Type = Queue, Value = typeof(uint), ValueSize = {|BPFMAP025:8|})] public partial class Numbers;
            """,
            "'Job' is 16 bytes, but ValueSize is 8: Id at 0 (8 bytes), Data at 8 (8 bytes)",
            "'uint' is 4 bytes, but ValueSize is 8: it has no fields"
        );

    [Fact]
    public Task SizesThatMatch_AreNotReported() =>
        Verify(
            "[BpfMap(Type = Hash, KeySize = 8, ValueSize = 8)] public struct Flow { public struct Key { public uint Address; public byte Protocol; } public ulong Count; }"
        );

    [Fact]
    public Task KeyOver512Bytes_IsReported() =>
        Verify(
            """
            [InlineArray(65)] public struct Longs { private ulong _first; }
            [BpfMap(Type = Hash, Key = {|BPFMAP028:typeof(Longs)|})] public struct Flow { public ulong Count; }
            """
        );

    [Fact]
    public Task KeyOf512Bytes_IsNotReported() =>
        Verify(
            """
            [InlineArray(64)] public struct Longs { private ulong _first; }
            [BpfMap(Type = Hash, Key = typeof(Longs))] public struct Flow { public ulong Count; }
            """
        );

    [Fact]
    public Task PerCpuValueOver32KiB_IsReported() =>
        Verify(
            """
            [InlineArray(4097)] public struct Longs { private ulong _first; }
            [BpfMap(Type = PerCpuArray)] public struct {|BPFMAP029:Flow|} { public Longs Counts; }
            [InlineArray(4 << 20)] public struct Huge { private byte _first; }
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct {|BPFMAP029:Page|} { public Huge Data; }
            """,
            "The value 'Flow' is 32776 bytes, but values of PerCpuArray maps can have at most 32768",
            "The value 'Page' is 4194304 bytes, but values of Hash maps can have at most 4193728"
        );

    [Fact]
    public Task LargeValuesThatTheKernelTakes_AreNotReported() =>
        Verify(
            """
            [InlineArray(4096)] public struct Longs { private ulong _first; }
            [BpfMap(Type = PerCpuArray)] public struct Flow { public Longs Counts; }
            [InlineArray(4 << 20)] public struct Huge { private byte _first; }
            [BpfMap(Type = BpfMapType.Array)] public struct Page { public Huge Data; }
            """
        );

    private static Task Verify(string source, params string[] messages) => Diagnose.Verify<MapDeclarationAnalyzer>(source, messages);
}
