using BpfMaps.CodeFixes.Declarations;
using BpfMaps.CodeFixes.Objects;
using BpfMaps.CodeFixes.Tests.Harness;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Invalid values of <c>map_extra</c>, and values that differ from the object.</summary>
public sealed class MapExtraTests
{
    private const string Seen =
        "bpf-layout 1\nobject byte-order=little\nmap seen type=BloomFilter value=u32 value-size=4 max-entries=8 map-extra=0x3\n";

    private const string Usual =
        "bpf-layout 1\nobject byte-order=little\nmap usual type=BloomFilter value=u32 value-size=4 max-entries=8\n";

    [Fact]
    public Task TooManyHashFunctions_BecomeTheMost() =>
        Fix.Verify<RefusedNumberFixProvider>(
            "[BpfMap(Type = BloomFilter, MapExtra = {|BPFMAP049:16|})] public struct A { public uint Id; }",
            "[BpfMap(Type = BloomFilter, MapExtra = 15)] public struct A { public uint Id; }",
            title: "Set MapExtra to 15"
        );

    [Fact]
    public Task MapExtraOfAnotherKind_IsRemoved() =>
        Fix.Verify<RefusedNumberFixProvider>(
            """
            [BpfMap(Type = Queue, MaxEntries = 4, MapExtra = {|BPFMAP049:3|})] public struct A { public uint Id; }
            [BpfMap(MapExtra = {|BPFMAP049:3|}, Type = Stack)] public struct B { public uint Id; }
            """,
            """
            [BpfMap(Type = Queue, MaxEntries = 4)] public struct A { public uint Id; }
            [BpfMap(Type = Stack)] public struct B { public uint Id; }
            """,
            title: "Remove MapExtra"
        );

    [Fact]
    public Task MapExtra_IsSetToTheObjects() =>
        Fix.VerifyWithLayout<ObjectArgumentFixProvider>(
            Seen,
            "[BpfMap(Type = BloomFilter, Name = \"seen\", MapExtra = {|BPFMAP054:5|})] public struct Seen { public uint Id; }",
            "[BpfMap(Type = BloomFilter, Name = \"seen\", MapExtra = 3)] public struct Seen { public uint Id; }",
            title: "Set MapExtra to 3, as in the object"
        );

    [Fact]
    public Task MapExtraThatTheObjectHasNot_IsRemoved() =>
        Fix.VerifyWithLayout<ObjectArgumentFixProvider>(
            Usual,
            "[BpfMap(Type = BloomFilter, Name = \"usual\", MapExtra = {|BPFMAP054:3|})] public struct Usual { public uint Id; }",
            "[BpfMap(Type = BloomFilter, Name = \"usual\")] public struct Usual { public uint Id; }",
            title: "Remove MapExtra"
        );
}
