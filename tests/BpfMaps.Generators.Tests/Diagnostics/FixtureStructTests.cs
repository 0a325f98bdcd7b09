using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>
/// Correct and wrong C# declarations of the C structs in <c>structs.bpf.c</c>. The layout file is written by the runtime library.
/// </summary>
public sealed class FixtureStructTests
{
    private const string Types = """
        public struct Point { public int X, Y; }
        public struct Range { public ushort Low; public ulong High; }
        [InlineArray(2)] public struct TwoPoints { private Point _first; }
        [InlineArray(3)] public struct ThreePoints { private Point _first; }
        [InlineArray(4)] public struct FourPoints { private Point _first; }
        [InlineArray(2)] public struct TwoByTwoPoints { private TwoPoints _first; }
        [InlineArray(8)] public struct Numbers { private uint _first; }
        [InlineArray(24)] public struct Cells { private ushort _first; }
        [InlineArray(12)] public struct HalfOfTheCells { private ushort _first; }
        public enum Color : uint { Red, Green = 5, Blue }
        public enum Temperature { Cold = -40, Hot = 60 }
        public enum Small : byte { A, B = 200 }
        public enum Middle : ushort { A, B = 60000 }
        [StructLayout(LayoutKind.Explicit)] public struct Address { [FieldOffset(0)] public uint V4; [FieldOffset(0)] public Bytes16 V6; }

        """;

    public static TheoryData<string, string> Right =>
        new()
        {
            { "nested", "public byte Tag; public Point From; public Range Range; public ThreePoints Path;" },
            {
                "nested",
                "public byte Tag; public int X, Y; private uint _padding; public ushort Low; public ulong High; public ThreePoints Path;"
            },
            { "anonymous", "public ushort Family; public uint A, B, C, D; public ushort Port, Zone; public ulong Bits;" },
            { "anonymous", "public ushort Family; public Address Address; public ushort Port, Zone; public double Real;" },
            {
                "anonymous",
                "public ushort Family; private ushort _padding; public Bytes16 V6; public ushort Port, Zone; public int Low, High;"
            },
            { "bits", "public uint Header; public byte Flags; public ulong Wide;" },
            { "bits", "public ushort VersionAndLength; public short Balance; public byte Flags; public ulong Wide;" },
            { "enums", "public Color Color; public Temperature Temperature; public Small Small; public Middle Middle;" },
            { "enums", "public int Color; public uint Temperature; public sbyte Small; private byte _padding; public short Middle;" },
            { "matrix", "public Cells Cells; public BpfText<Bytes32> Names; public FourPoints Grid;" },
            { "matrix", "public Cells Cells; public Bytes32 Names; public TwoByTwoPoints Grid;" },
            { "pointers", "public ulong Next, Callback;" },
            { "locked", "public BpfSpinLock Lock; public ulong Count;" },
            { "locked", "public uint Lock; public ulong Count;" },
            {
                "typedefs",
                "public ulong Begin, End; public Be32 Address; public BpfText<Bytes16> Comm; public sbyte Delta; public byte Raw, Yes; public ulong Where; public Int128 Huge; public float Real;"
            },
            { "flexible", "public uint Length;" },
            { "text", "public BpfText<Bytes16> Text;" },
            { "numbers", "public Numbers All;" },
            { "number", "public ulong One;" },
        };

    public static TheoryData<string, string> Wrong =>
        new()
        {
            // A field that moves all fields after it.
            { "nested", "public byte Tag; public Point From; public ulong {|BPFMAP043:Low|}, High; public ThreePoints Path;" },
            { "nested", "public uint {|BPFMAP043:Tag|}; public Point From; public Range Range; public ThreePoints Path;" },
            { "nested", "public byte Tag; public Range Range; public Point {|BPFMAP043:From|}; public ThreePoints Path;" },
            { "anonymous", "public ushort Family; public ulong {|BPFMAP043:High|}, Low; public ushort Port, Zone; public ulong Number;" },
            {
                "anonymous",
                "public ushort Family; public Address Address; public ushort Port; public uint {|BPFMAP043:Zone|}; public double Real;"
            },
            { "bits", "public uint Header; public uint {|BPFMAP043:Flags|}; public ulong Wide;" },
            { "bits", "public uint Header; public byte Flags; public double Wide; public byte {|BPFMAP043:More|};" },
            { "enums", "public float {|BPFMAP043:Color|}; public Temperature Temperature; public Small Small; public Middle Middle;" },
            { "enums", "public Color Color; public Temperature Temperature; public Middle {|BPFMAP043:Small|}; public Middle Middle;" },
            { "matrix", "public HalfOfTheCells {|BPFMAP043:Cells|}; public Bytes32 Names; public FourPoints Grid;" },
            {
                "matrix",
                "public Cells Cells; public BpfText<Bytes16> {|BPFMAP043:Names|}; public BpfText<Bytes16> Rest; public FourPoints Grid;"
            },
            { "pointers", "public ulong Next; public long {|BPFMAP043:Callback|};" },
            { "locked", "public BpfSpinLock Lock; public uint {|BPFMAP043:Count|}, Rest, Padding;" },
            {
                "typedefs",
                "public ulong Begin, End; public Be32 Address; public BpfText<Bytes16> Comm; public byte {|BPFMAP043:Delta|}, Raw, Yes; public ulong Where; public Int128 Huge; public float Real;"
            },
            {
                "typedefs",
                "public ulong Begin, End; public Be32 Address; public BpfText<Bytes16> Comm; public sbyte Delta; public byte Raw, Yes; public ulong Where; public UInt128 {|BPFMAP043:Huge|}; public float Real;"
            },
            {
                "typedefs",
                "public ulong Begin, End; public Be32 Address; public BpfText<Bytes16> Comm; public sbyte Delta; public byte Raw, Yes; public ulong Where; public Int128 Huge; public uint {|BPFMAP043:Real|};"
            },
            { "flexible", "public uint Length; public uint {|BPFMAP043:Data|};" },
            { "text", "public BpfText<Bytes8> {|BPFMAP043:Text|}, Rest;" },
            { "numbers", "public uint {|BPFMAP043:First|}; public Numbers All;" },
            { "number", "public double {|BPFMAP043:One|};" },
        };

    [Theory]
    [MemberData(nameof(Right))]
    public Task SameBytes_AreNotReported(string map, string fields) =>
        Verify(Types + $$"""[BpfMap(Type = BpfMapType.Array, Name = "{{map}}")] public struct Value { {{fields}} }""");

    [Theory]
    [MemberData(nameof(Wrong))]
    public Task OtherBytes_AreReportedOnce(string map, string fields) =>
        Verify(Types + $$"""[BpfMap(Type = BpfMapType.Array, Name = "{{map}}")] public struct Value { {{fields}} }""");

    [Theory]
    [InlineData("nested", "public byte Tag; public Point From; public Range Range; public TwoPoints Path;")]
    public Task MissingBytes_AreReportedAtTheType(string map, string fields) =>
        Verify(Types + $$"""[BpfMap(Type = BpfMapType.Array, Name = "{{map}}")] public struct {|BPFMAP043:Value|} { {{fields}} }""");

    [Theory]
    [InlineData("[StructLayout(LayoutKind.Sequential, Pack = 1)]", "Address")]
    [InlineData("", "{|BPFMAP043:Address|}")]
    public Task PackedStruct_NeedsPack(string attribute, string address) =>
        Verify(
            $$"""{{attribute}}[BpfMap(Type = BpfMapType.Array)] public struct Packed { public byte Kind; public ulong {{address}}; public ushort Port; }"""
        );

    [Fact]
    public Task AlignedFields_NeedOffsets() =>
        Verify(
            """
            [BpfMap(Type = BpfMapType.Array, Name = "aligned"), StructLayout(LayoutKind.Explicit, Size = 32)] public struct Right { [FieldOffset(0)] public uint First; [FieldOffset(16)] public uint Second; }
            [BpfMap(Type = BpfMapType.Array, Name = "aligned")] public struct Wrong { public uint First; public uint {|BPFMAP043:Second|}; }
            """
        );

    [Fact]
    public Task FieldOfAnElement_IsReportedWhereItIsDeclared() =>
        Verify(
            """
            public struct Point { public int X; public uint {|BPFMAP043:Y|}; }
            public struct Range { public ushort Low; public ulong High; }
            [InlineArray(3)] public struct Points { private Point _first; }
            [BpfMap(Type = BpfMapType.Array)] public struct Nested { public byte Tag; public ulong From; public Range Range; public Points Path; }
            """.Replace("public ulong From", "public int FromX, FromY", StringComparison.Ordinal),
            "'Nested' does not match the value of map 'nested' in structs.bpf.o: at offset 36, field 'Path[0].Y' is uint (4 bytes), but 'path[0].y' is s32 (4 bytes) (and 2 more differences). C# has Tag byte @0, FromX int @4, FromY int @8, Range.Low ushort @16, Range.High ulong @24, Path[0].X int @32, Path[0].Y uint @36, Path[1].X int @40, Path[1].Y uint @44, Path[2].X int @48, Path[2].Y uint @52; the object has tag u8 @0, from.x s32 @4, from.y s32 @8, range.low u16 @16, range.high u64 @24, path[0].x s32 @32, path[0].y s32 @36, path[1].x s32 @40, path[1].y s32 @44, path[2].x s32 @48, path[2].y s32 @52"
        );

    [Theory]
    [InlineData("text", "BpfText<Bytes16>", true)]
    [InlineData("text", "Bytes16", true)]
    [InlineData("numbers", "Numbers", true)]
    [InlineData("number", "ulong", true)]
    [InlineData("text", "BpfText<Bytes32>", false)]
    [InlineData("number", "long", false)]
    [InlineData("number", "Numbers", false)]
    public Task ValueThatIsNoStruct_IsComparedToo(string map, string type, bool same) =>
        Verify(
            Types
                + $"[BpfMap(Type = BpfMapType.Array, Name = \"{map}\", Value = {(same ? $"typeof({type})" : $"{{|BPFMAP043:typeof({type})|}}")})] public sealed partial class Values;"
        );

    [Theory]
    [InlineData("marks", "public uint A; public ulong B;")]
    [InlineData("ends", "public uint A, B;")]
    [InlineData("names", "public BpfText<Bytes14> Name; public ushort Port;")]
    [InlineData("hollows", "public uint A, B;")]
    [InlineData("aligned_ends", "public uint A, B;")]
    [InlineData("flexibles", "public uint Length;")]
    [InlineData("tails", "public ulong At; public uint Length;")]
    public Task MembersOfNoBytes_AreNothing(string map, string fields) =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [new("/members.bpf.layout", TextFile.Fixture("members.layout").Content)],
            $$"""
            [InlineArray(14)] public struct Bytes14 { private byte _first; }
            [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Name = "{{map}}")] public struct Value { {{fields}} }
            """
        );

    [Theory]
    [InlineData("hollows", "public uint A; public ulong {|BPFMAP043:B|};")]
    [InlineData("ends", "public uint A; public float {|BPFMAP043:B|};")]
    public Task FieldsAroundMembersOfNoBytes_AreCompared(string map, string fields) =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            [new("/members.bpf.layout", TextFile.Fixture("members.layout").Content)],
            $$"""[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Name = "{{map}}")] public struct Value { {{fields}} }"""
        );

    private static Task Verify(string source, params string[] messages) =>
        Diagnose.Verify<ObjectMapAnalyzer>([new("/structs.bpf.layout", TextFile.Fixture("structs.layout").Content)], source, messages);
}
