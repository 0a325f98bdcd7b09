using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Keys, names and sizes that have another form in the object and still match.</summary>
public sealed class ObjectKeyTests
{
    private static readonly string[] s_indexTypes = ["s32", "u32", "enum:slot", "struct:slot", "f32"];

    private const string Head = "bpf-layout 1\nobject byte-order=little\n";

    [Theory]
    [InlineData("Array", "Value = typeof(ulong), ")]
    [InlineData("PerCpuArray", "Value = typeof(ulong), ")]
    [InlineData("DevMap", "")]
    [InlineData("DevMapHash", "")]
    [InlineData("CpuMap", "")]
    [InlineData("XskMap", "")]
    [InlineData("ProgArray", "")]
    [InlineData("SockMap", "")]
    [InlineData("ReusePortSockArray", "")]
    [InlineData("CgroupArray", "")]
    [InlineData("StackTrace", "")]
    public async Task IndexOfAnyNumberType_IsNoDifference(string type, string value)
    {
        string values = value.Length == 0 ? "value-size=4" : "value=u64 value-size=8";
        string maps = string.Concat(s_indexTypes.Select((key, i) => $"map m{i} type={type} key={key} key-size=4 {values} max-entries=4\n"));
        string layout = Head + maps + "type struct:slot size=4 align=4\n  field 0 s32 number\ntype enum:slot base=s32\n  value first 0\n";
        string source = string.Concat(
            Enumerable
                .Range(0, 5)
                .Select(i =>
                    $$"""
                        [BpfMap(Type = BpfMapType.{{type}}, {{value}}Name = "m{{i}}", Object = "keys.bpf.o")] public sealed partial class Default{{i}};
                        [BpfMap(Type = BpfMapType.{{type}}, Key = typeof(int), {{value}}Name = "m{{i}}", Object = "keys.bpf.o")] public sealed partial class Signed{{i}};
                        [BpfMap(Type = BpfMapType.{{type}}, Key = typeof(Slot), {{value}}Name = "m{{i}}", Object = "keys.bpf.o")] public sealed partial class Named{{i}};

                        """
                )
        );
        Assert.Empty(
            await Diagnose.Ids("using BpfMaps; public enum Slot : uint { First }\n" + source, [new TextFile("/keys.bpf.layout", layout)])
        );
    }

    [Fact]
    public async Task IndexOfMapsOfMaps_IsNoDifference()
    {
        const string Layout =
            Head
            + """
                map outer type=ArrayOfMaps key=s32 key-size=4 value-size=4 max-entries=8
                  inner type=Array key=s32 key-size=4 value=u64 value-size=8 max-entries=16

                """;
        Assert.Empty(
            await Diagnose.Ids(
                """
                using BpfMaps;
                [BpfMap(Type = BpfMapType.ArrayOfMaps, Inner = typeof(Inside), MaxEntries = 8)] public sealed partial class Outer;
                [BpfMap(Type = BpfMapType.Array, Value = typeof(ulong), MaxEntries = 16)] public sealed partial class Inside;
                """,
                [new TextFile("/o.bpf.layout", Layout)]
            )
        );
    }

    [Fact]
    public Task KeyOfAHash_IsDataAndCompared() =>
        Verify(
            Head + "map h type=Hash key=s32 key-size=4 value=u64 value-size=8 max-entries=4\n",
            "[BpfMap(Type = Hash, Key = {|BPFMAP042:typeof(uint)|}, Value = typeof(ulong), Name = \"h\")] public sealed partial class H;"
        );

    [Theory]
    [InlineData("key=u64 key-size=8", "LpmKey<Be32>")]
    [InlineData("key=u8[8] key-size=8", "LpmKey<Bytes4>")]
    [InlineData("key=char[8] key-size=8", "LpmKey<Be32>")]
    [InlineData("key=u32[2] key-size=8", "LpmKey<Be32>")]
    [InlineData("key=struct:raw key-size=8", "LpmKey<Be32>")]
    [InlineData("key=struct:plain key-size=8", "LpmKey<Be32>")]
    [InlineData("key-size=8", "LpmKey<Be32>")]
    public async Task TrieKeyThatIsNoStructOfLengthAndData_IsComparedBySize(string key, string type)
    {
        string layout =
            Head
            + $"map t type=LpmTrie {key} value=u32 value-size=4 max-entries=16 flags=0x1\n"
            + "type struct:plain size=8 align=4\n  field 0 u32 prefixlen\n  field 4 u32 data\ntype struct:raw size=8 align=1\n  field 0 u8[8] all\n";
        string source =
            "using BpfMaps; using System.Runtime.CompilerServices; [InlineArray(4)] public struct Bytes4 { private byte _first; }\n";
        Assert.Empty(
            await Diagnose.Ids(
                source
                    + $"[BpfMap(Type = BpfMapType.LpmTrie, Key = typeof({type}), Value = typeof(uint), Name = \"t\", Object = \"t.bpf.o\")] public sealed partial class Trie;",
                [new TextFile("/t.bpf.layout", layout)]
            )
        );
        string wrong =
            source
            + "[BpfMap(Type = BpfMapType.LpmTrie, Key = typeof(LpmKey<Bytes16>), Value = typeof(uint), Name = \"t\", Object = \"t.bpf.o\")] public sealed partial class Trie;";
        Assert.Equal(["BPFMAP042"], await Diagnose.Ids(wrong, [new TextFile("/t.bpf.layout", layout)]));
    }

    [Fact]
    public Task ByteOrders_AreComparedInFieldsAndWholes() =>
        Verify(
            Head
                + """
                map fields type=Hash key=struct:key key-size=12 value=struct:stats value-size=24 max-entries=4
                map whole type=Hash key=u32 key-as=__be32 key-size=4 value=u64 value-as=__be64 value-size=8 max-entries=4
                map plain type=Hash key=u16 key-size=2 value=u32 value-size=4 max-entries=4
                map trie type=LpmTrie key=struct:prefix key-size=8 value=u32 value-size=4 max-entries=4 flags=0x1
                type struct:key size=12 align=4
                  field 0 u32 address as=__be32
                  field 4 u16 port as=__be16
                  field 6 u16 zone
                  field 8 u32 mask as=in_addr_t
                type struct:stats size=24 align=8
                  field 0 u64[2] ids as=__be64
                  field 16 u64 count
                type struct:prefix size=8 align=4
                  field 0 u32 prefixlen
                  field 4 u32 data

                """,
            """
            [InlineArray(2)] public struct Two { private ulong _first; }
            [BpfMap(Type = Hash, Name = "fields")] public struct Fields
            {
                public struct Key { public uint {|BPFMAP055:Address|}; public ushort {|BPFMAP055:Port|}; public Be16 {|BPFMAP055:Zone|}; public Be32 Mask; }
                public Two {|BPFMAP055:Ids|}; public Be64 {|BPFMAP055:Count|};
            }
            [BpfMap(Type = Hash, Key = {|BPFMAP055:typeof(uint)|}, Value = {|BPFMAP055:typeof(ulong)|}, Name = "whole")] public sealed partial class Whole;
            [BpfMap(Type = Hash, Key = typeof(Be32), Value = typeof(Be64), Name = "whole")] public sealed partial class Right;
            [BpfMap(Type = Hash, Key = {|BPFMAP055:typeof(Be16)|}, Value = {|BPFMAP055:typeof(Be32)|}, Name = "plain")] public sealed partial class Plain;
            [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Be32>), Value = typeof(uint), Name = "trie")] public sealed partial class Trie;
            """,
            "Field 'Address' of 'Fields.Key' is uint, which is in host byte order, but 'address' of map 'fields' in x.bpf.o is __be32, which is in network byte order: use Be32",
            "Field 'Port' of 'Fields.Key' is ushort, which is in host byte order, but 'port' of map 'fields' in x.bpf.o is __be16, which is in network byte order: use Be16",
            "Field 'Zone' of 'Fields.Key' is Be16, which is in network byte order, but 'zone' of map 'fields' in x.bpf.o is u16, which is in host byte order: use ushort",
            "Field 'Ids' of 'Fields' is ulong[2], which is in host byte order, but 'ids' of map 'fields' in x.bpf.o is __be64[2], which is in network byte order: use Be64",
            "Field 'Count' of 'Fields' is Be64, which is in network byte order, but 'count' of map 'fields' in x.bpf.o is u64, which is in host byte order: use ulong",
            "The key of 'Whole' is uint, which is in host byte order, but the key of map 'whole' in x.bpf.o is __be32, which is in network byte order: use Be32",
            "The value of 'Whole' is ulong, which is in host byte order, but the value of map 'whole' in x.bpf.o is __be64, which is in network byte order: use Be64",
            "The key of 'Plain' is Be16, which is in network byte order, but the key of map 'plain' in x.bpf.o is u16, which is in host byte order: use ushort",
            "The value of 'Plain' is Be32, which is in network byte order, but the value of map 'plain' in x.bpf.o is u32, which is in host byte order: use uint"
        );

    [Fact]
    public Task TrieOfANumberInHostOrder_GetsAHint() =>
        Diagnose.Verify<PrefixOrderAnalyzer>(
            """
            [BpfMap(Type = LpmTrie, Key = {|BPFMAP056:typeof(LpmKey<uint>)|}, Value = typeof(uint))] public sealed partial class A;
            [BpfMap(Type = LpmTrie, Key = {|BPFMAP056:typeof(LpmKey<long>)|})] public struct B { public uint Count; }
            [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Be32>), Value = typeof(uint))] public sealed partial class C;
            [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<byte>), Value = typeof(uint))] public sealed partial class D;
            [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Bytes16>), Value = typeof(uint))] public sealed partial class E;
            """,
            "A trie matches the data of 'LpmKey<uint>' from the first byte on, but 'uint' is in host byte order, so short prefixes match the wrong numbers on little-endian machines: use Be32",
            "A trie matches the data of 'LpmKey<long>' from the first byte on, but 'long' is in host byte order, so short prefixes match the wrong numbers on little-endian machines: use Be64"
        );

    [Fact]
    public async Task FullNamesOfAnObject_TellMapsWithOnePrefixApart()
    {
        const string Layout =
            Head
            + """
                map libc_malloc_calls_count type=Hash key=u32 key-size=4 value=u32 value-size=4 max-entries=4
                map libc_malloc_calls_total type=Hash key=u32 key-size=4 value=u64 value-size=8 max-entries=4

                """;
        TextFile file = new("/long.bpf.layout", Layout);
        Assert.Empty(
            await Diagnose.Ids(
                """
                using BpfMaps;
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(ulong), Name = "libc_malloc_calls_total", Object = "long.bpf.o", MaxEntries = 4)] public sealed partial class Total;
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(uint), Name = "libc_malloc_calls_count", MaxEntries = 4)] public sealed partial class Count;
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(uint), Name = "libc_malloc_cal", MaxEntries = 4)] public sealed partial class First;
                [BpfObject("long.bpf.o")] public sealed partial class Long;
                public static class User { public static Total Of(Long o) => o.LibcMallocCallsTotal; }
                """,
                [file]
            )
        );
        Assert.Equal(
            ["BPFMAP037"],
            await Diagnose.Ids(
                """
                using BpfMaps;
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(ulong), Name = "libc_malloc_calls_totals", Object = "long.bpf.o", MaxEntries = 4)] public sealed partial class Total;
                """,
                [file]
            )
        );
        Assert.Equal(
            ["BPFMAP038"],
            await Diagnose.Ids(
                """
                using BpfMaps;
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), MaxEntries = 4)] public struct LibcMallocCallsTotals { public ulong Count; }
                """,
                [file]
            )
        );
        Assert.Empty(
            await Diagnose.Ids(
                """
                using BpfMaps;
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), MaxEntries = 4)] public struct LibcMallocCallsTotal { public ulong Count; }
                """,
                [file]
            )
        );
    }

    [Fact]
    public async Task LongNameOfNoObject_IsReported() =>
        Assert.Equal(
            ["BPFMAP014"],
            await Diagnose.Ids(
                """
                using BpfMaps;
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(ulong), Name = "libc_malloc_calls_total", MaxEntries = 4)] public sealed partial class Total;
                """
            )
        );

    [Theory]
    [InlineData(5000, "5000", null)]
    [InlineData(5000, "8192", null)]
    [InlineData(5000, "4096", "BPFMAP040")]
    [InlineData(100000, "131072", null)]
    [InlineData(100000, "100000", null)]
    [InlineData(8192, "8192", null)]
    [InlineData(8192, "16384", "BPFMAP040")]
    [InlineData(0, "5000", null)]
    public async Task RingSizes_AreComparedAsTheLoaderRoundsThem(int inObject, string declared, string? id)
    {
        string layout =
            Head
            + $"map ring type=RingBuf key-size=0 value-size=0 max-entries={inObject}\nmap user type=UserRingBuf key-size=0 value-size=0 max-entries={inObject}\n";
        string[] ids = await Diagnose.Ids(
            $$"""
            using BpfMaps;
            [BpfMap(Type = BpfMapType.RingBuf, Name = "ring", MaxEntries = {{declared}})] public struct Ring { public uint A; }
            [BpfMap(Type = BpfMapType.UserRingBuf, Name = "user", MaxEntries = {{declared}}, Object = "r.bpf.o")] public struct UserRing { public uint A; }
            """,
            [new TextFile("/r.bpf.layout", layout)]
        );
        Assert.Equal(id is null ? [] : [id, id], ids);
    }

    [Fact]
    public async Task SizesThatUserSpaceSets_AreNotInsistedOn() =>
        Assert.Empty(
            await Diagnose.Ids(
                """
                using BpfMaps;
                [BpfMap(Type = BpfMapType.StackTrace, ValueSize = 512, MaxEntries = 4, Name = "stacks")] public sealed partial class Stacks;
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(ulong), MaxEntries = 4, Name = "later")] public sealed partial class Later;
                [BpfMap(Type = BpfMapType.Queue, Value = typeof(uint), MaxEntries = 10, Name = "jobs")] public sealed partial class Jobs;
                """,
                [
                    new TextFile(
                        "/s.bpf.layout",
                        Head
                            + "map jobs type=Queue key-size=0 value=u32 value-size=4 max-entries=10\nmap later type=Hash key-size=0 value-size=0 max-entries=0\nmap stacks type=StackTrace key=u32 key-size=4 value-size=0 max-entries=0\n"
                    ),
                ]
            )
        );

    private static Task Verify(string layout, string source, params string[] messages) =>
        Diagnose.Verify<ObjectMapAnalyzer>([new("/x.bpf.layout", layout)], source, messages);
}
