using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Padding in the C types that the kernel hashes and compares.</summary>
public sealed class ObjectKeyPaddingTests
{
    private const string Types = """
        type struct:holes size=16 align=8
          field 0 u8 kind
          field 8 u32 address
          field 12 u16 port
        type struct:named size=8 align=4
          field 0 u32 address
          field 4 u16 port
          field 6 u16 pad
        type struct:bits size=8 align=4
          field 0 u32 id
          field 4 u8 low bits=0:3
          field 5 u8[2] more
        type struct:outer size=24 align=8
          field 0 struct:holes inner
          field 16 u64 last
        type union:either size=8 align=4
          field 0 u8 small
          field 0 u32[2] large
        type struct:prefix size=12 align=4
          field 0 u32 length
          field 4 u8[6] data
        type struct:prefix_holes size=12 align=4
          field 0 u32 length
          field 4 u8 kind
          field 8 u32 address

        """;

    [Theory]
    [InlineData("Hash")]
    [InlineData("LruHash")]
    [InlineData("PerCpuHash")]
    [InlineData("LruPerCpuHash")]
    public Task KeyWithHoles_IsReportedOncePerMap(string type) =>
        Diagnose.Verify<ObjectKeyPaddingAnalyzer>(
            [Layout($"map flows type={type} key=struct:holes key-size=16 value=u64 value-size=8 max-entries=4")],
            $$"""
            public struct Holes { public byte Kind; private byte _0; private ushort _1; private uint _2; public uint Address; public ushort Port; private ushort _3; }
            [BpfMap(Type = BpfMapType.{{type}}, Key = typeof(Holes), Value = typeof(ulong), Name = "flows")] public sealed partial class {|BPFMAP058:First|};
            [BpfMap(Type = BpfMapType.{{type}}, Key = typeof(Holes), Value = typeof(ulong), Name = "flows")] public sealed partial class Second;
            [BpfObject("keys.bpf.o")] public sealed partial class Keys;
            """,
            "The key of map 'flows' in keys.bpf.o is 'struct holes', which is hashed and compared as 16 bytes, with 9 bytes of padding: "
                + "7 bytes at offset 1 (after kind), 2 bytes at offset 14 (after port); if the program does not zero it, equal keys differ: "
                + "declare the padding as a field in C"
        );

    [Theory]
    [InlineData("named", 8)]
    [InlineData("outer", 24, "9 bytes of padding: 7 bytes at offset 1 (after inner.kind), 2 bytes at offset 14 (after inner.port)")]
    [InlineData("bits", 8, "1 byte of padding: 1 byte at offset 7 (after more)")]
    public async Task MapWithoutDeclaration_IsReportedAtTheClassOfItsObject(string key, int size, string? padding = null)
    {
        string attribute = padding is null ? "BpfObject(\"keys.bpf.o\")" : "{|BPFMAP058:BpfObject(\"keys.bpf.o\")|}";
        string[] messages = padding is null
            ? []
            :
            [
                $"The key of map 'flows' in keys.bpf.o is 'struct {key}', which is hashed and compared as {size} bytes, with {padding}; "
                    + "if the program does not zero it, equal keys differ: declare the padding as a field in C",
            ];
        await Diagnose.Verify<ObjectKeyPaddingAnalyzer>(
            [Layout($"map flows type=Hash key=struct:{key} key-size={size} value=u64 value-size=8 max-entries=4")],
            $"[{attribute}] public sealed partial class Keys;",
            messages
        );
    }

    [Fact]
    public Task ObjectThatNobodyDeclares_IsNotReported() =>
        Diagnose.Verify<ObjectKeyPaddingAnalyzer>(
            [Layout("map flows type=Hash key=struct:holes key-size=16 value=u64 value-size=8 max-entries=4")],
            "public struct A { public int B; }"
        );

    [Theory]
    [InlineData("map a type=Hash key=union:either key-size=8 value=struct:holes value-size=16 max-entries=4")]
    [InlineData("map a type=Hash key=u64 key-size=8 value=struct:holes value-size=16 max-entries=4")]
    [InlineData("map a type=Hash key-size=16 value=u64 value-size=8 max-entries=4")]
    [InlineData("map a type=Queue key-size=0 value=struct:holes value-size=16 max-entries=4")]
    [InlineData("map a type=LpmTrie key=struct:prefix key-size=12 value=u64 value-size=8 max-entries=4 flags=0x1")]
    public Task WhatTheKernelDoesNotCompare_IsNotReported(string map) =>
        Diagnose.Verify<ObjectKeyPaddingAnalyzer>([Layout(map)], "[BpfObject(\"keys.bpf.o\")] public sealed partial class Keys;");

    [Fact]
    public Task TrieFilterAndInnerMap_AreReported() =>
        Diagnose.Verify<ObjectKeyPaddingAnalyzer>(
            [
                Layout(
                    """
                    map filter type=BloomFilter key-size=0 value=struct:holes value-size=16 max-entries=4
                    map outer type=HashOfMaps key=u32 key-size=4 value-size=4 max-entries=4
                      inner type=Hash key=struct:holes key-size=16 value=u64 value-size=8 max-entries=4
                    map trie type=LpmTrie key=struct:prefix_holes key-size=12 value=u64 value-size=8 max-entries=4 flags=0x1
                    """
                ),
            ],
            """[{|BPFMAP058:{|BPFMAP058:{|BPFMAP058:BpfObject("keys.bpf.o")|}|}|}] public sealed partial class Keys;""",
            Message(
                "The value of map 'filter'",
                "holes",
                16,
                "9 bytes of padding: 7 bytes at offset 1 (after kind), 2 bytes at offset 14 (after port)"
            ),
            Message(
                "The key of the inner maps of 'outer'",
                "holes",
                16,
                "9 bytes of padding: 7 bytes at offset 1 (after kind), 2 bytes at offset 14 (after port)"
            ),
            Message("The key of map 'trie'", "prefix_holes", 12, "3 bytes of padding: 3 bytes at offset 5 (after kind)")
        );

    private static string Message(string what, string type, int size, string padding) =>
        $"{what} in keys.bpf.o is 'struct {type}', which is hashed and compared as {size} bytes, with {padding}; "
        + "if the program does not zero it, equal keys differ: declare the padding as a field in C";

    private static TextFile Layout(string maps)
    {
        TextFile file = new("/obj/keys.bpf.layout", $"bpf-layout 1\nobject byte-order=little\n{maps}\n{Types}");
        // Nothing is reported for a file that cannot be read.
        LayoutFileParser.Parse(file.Content, out LayoutFileError? error);
        Assert.Null(error);
        return file;
    }
}
