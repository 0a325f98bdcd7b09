using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Diagnostics of the layout of keys and values.</summary>
public sealed class LayoutTests
{
    [Fact]
    public Task References_AreReportedAtTheField() =>
        Verify(
            """
            public class Other;
            [BpfMap(Type = Queue)]
            public struct Job
            {
                public string {|BPFMAP021:Name|};
                public byte[] {|BPFMAP021:Data|};
                public Other {|BPFMAP021:Next|};
                public object {|BPFMAP021:Any|};
                public int? {|BPFMAP021:Perhaps|};
                public Action {|BPFMAP021:Call|};
                public string {|BPFMAP021:Property|} { get; set; }
            }
            """
        );

    [Fact]
    public Task FieldLikeEvent_IsReported() =>
        Verify("[BpfMap(Type = Queue)] public struct Job { public event Action {|BPFMAP021:Called|}; public uint Id; }");

    [Fact]
    public Task InlineArrayOfMisalignedElements_IsReported() =>
        Verify(
            """
            [StructLayout(LayoutKind.Sequential, Size = 12)] public struct Odd { public ulong A; }
            [InlineArray(2)] public struct {|BPFMAP021:Odds|} { private Odd _first; }
            [BpfMap(Type = Queue)] public struct Job { public Odds Odds; }
            """
        );

    [Fact]
    public Task CapturedParameter_IsReported() =>
        Verify(
            """
            [BpfMap(Type = Queue)] public struct Job(uint {|BPFMAP021:id|}) { public uint Other; public uint Id => id; }
            """
        );

    [Fact]
    public Task ParametersThatOnlyInitialize_AreNotReported() =>
        Verify(
            """
            [BpfMap(Type = Queue)] public struct Job(uint id, uint next) { public uint Id = id; public uint Next { get; set; } = next; }
            [BpfMap(Type = Queue)] public record struct Task(uint Id, ulong Next);
            """
        );

    [Fact]
    public Task KeyThatIsAReference_IsReportedAtTheArgument() =>
        Verify(
            """
            [BpfMap(Type = Hash, Key = {|BPFMAP021:typeof(string)|})] public struct A { public uint Id; }
            [BpfMap(Type = Hash, Key = {|BPFMAP021:typeof(int[])|}, Value = {|BPFMAP022:typeof(bool)|})] public partial class B;
            """
        );

    [Fact]
    public Task TypeThatCannotBeFound_IsReported() =>
        Verify("[BpfMap(Type = Queue, Value = {|BPFMAP021:typeof({|CS0246:Missing|})|})] public partial class B;");

    [Fact]
    public Task TypesThatDifferFromC_AreReported() =>
        Verify(
            """
            [BpfMap(Type = Queue)]
            public unsafe struct Job
            {
                public bool {|BPFMAP022:Done|};
                public char {|BPFMAP022:Letter|};
                public nint {|BPFMAP022:Offset|};
                public nuint {|BPFMAP022:Size|};
                public IntPtr {|BPFMAP022:Old|};
                public decimal {|BPFMAP022:Price|};
                public DateTime {|BPFMAP022:Time|};
                public TimeSpan {|BPFMAP022:Span|};
                public Guid {|BPFMAP022:Id|};
                public byte* {|BPFMAP022:Data|};
                public delegate*<void> {|BPFMAP022:Code|};
                public Half {|BPFMAP022:Small|};
                public fixed bool {|BPFMAP022:Flags|}[4];
                public fixed char {|BPFMAP022:Text|}[4];
            }
            """
        );

    [Fact]
    public async Task TypesThatDifferFromC_SuggestAnother()
    {
        IEnumerable<Diagnostic> all = await Diagnose.Report<MapDeclarationAnalyzer>(
            """
            [BpfMap(Type = Queue)] public struct Job { public bool A; public char B; public nint C; public Guid D; public decimal E; public string F; }
            """
        );
        Assert.Equal(
            [
                "bool>byte",
                "char>byte",
                "nint>long",
                "Guid>global::BpfMaps.Bytes16",
                "decimal>",
                "string>global::BpfMaps.BpfText<global::BpfMaps.Bytes16>",
            ],
            all.Select(static d =>
                $"{d.Properties[DiagnosticProperties.FieldTypeKind]}>{d.Properties.GetValueOrDefault(DiagnosticProperties.SuggestedType)}"
            )
        );
    }

    [Fact]
    public Task WrongFieldOfANestedStruct_IsReportedThere() =>
        Verify(
            """
            public struct Inner { public bool {|BPFMAP022:Done|}; }
            [BpfMap(Type = Queue)] public struct Job { public Inner Inner; }
            """,
            "'Done' is of type 'bool', but only 0 and 1 are valid values of a C# bool, and the kernel may write others; use byte"
        );

    [Fact]
    public Task AllFieldTypesOfC_AreNotReported() =>
        Verify(
            """
            public enum Kind : sbyte { One }
            public struct Pair<T> { public T First, Second; }
            [InlineArray(4)] public struct Four { private Pair<ushort> _first; }
            [StructLayout(LayoutKind.Explicit, Size = 16)] public struct Union { [FieldOffset(0)] public ulong Long; [FieldOffset(0)] public Be32 Network; }
            [StructLayout(LayoutKind.Sequential, Pack = 1)]
            [BpfMap(Type = Queue)]
            public unsafe struct Job
            {
                public byte A; public sbyte B; public short C; public ushort D; public int E; public uint F; public long G; public ulong H;
                public float I; public double J; public Int128 K; public UInt128 L; public Kind M; public Four N; public Union O;
                public Be16 P; public Be64 Q; public BpfText<Bytes16> R; public fixed uint S[3]; public Pair<Kind> T;
                public const string Name = ""; public static readonly object Lock = new();
            }
            """
        );

    [Fact]
    public Task AutoLayout_IsReported() =>
        Verify(
            """
            [StructLayout(LayoutKind.Auto)] public struct {|BPFMAP023:Inner|} { public uint Id; }
            [BpfMap(Type = Queue)] public struct Job { public Inner Inner; }
            """
        );

    [Fact]
    public Task SequentialLayout_IsNotReported() =>
        Verify(
            """
            [StructLayout(LayoutKind.Sequential)] [BpfMap(Type = Queue)] public struct Job { public uint Id; }
            """
        );

    [Fact]
    public Task EmptyStruct_IsReported() => Verify("[BpfMap(Type = Queue)] public struct {|BPFMAP030:Job|};");

    [Fact]
    public Task StructWithOneField_IsNotReported() => Verify("[BpfMap(Type = Queue)] public struct Job { private byte _id; }");

    [Fact]
    public Task PaddingInAKey_IsReported() =>
        Diagnose.Verify<KeyPaddingAnalyzer>(
            """
            public struct Inner { public byte Kind; public ushort Port; }
            [BpfMap(Type = Hash)]
            public struct Flow
            {
                public struct {|BPFMAP026:Key|} { public uint Address; public byte Protocol; public ulong Id; public byte Last; }
                public ulong Count;
            }
            """,
            "'Flow.Key' is hashed and compared as 24 bytes, which include 10 bytes of padding: 3 bytes at offset 5 (after Protocol), 7 bytes at offset 17 (after Last); declare the padding as fields, and zero it on the BPF side"
        );

    [Fact]
    public Task PaddingInANestedKeyStruct_IsReportedThere() =>
        Diagnose.Verify<KeyPaddingAnalyzer>(
            """
            public struct {|BPFMAP026:Inner|} { public byte Kind; public ushort Port; }
            [InlineArray(2)] public struct Two { private Inner _first; }
            [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Two>))] public struct Flow { public ulong Count; }
            """
        );

    [Fact]
    public async Task PaddingProperties_LetAFixInsertFields()
    {
        Diagnostic diagnostic = Assert.Single(
            await Diagnose.Report<KeyPaddingAnalyzer>(
                """
                [StructLayout(LayoutKind.Explicit, Size = 16)] public struct Id { [FieldOffset(2)] public byte A; [FieldOffset(4)] public uint B; }
                [BpfMap(Type = Hash, Key = typeof(Id))] public struct Flow { public ulong Count; }
                """
            )
        );
        Assert.Equal("0,3,8", diagnostic.Properties[DiagnosticProperties.PaddingOffsets]);
        Assert.Equal("2,1,8", diagnostic.Properties[DiagnosticProperties.PaddingLengths]);
        Assert.Equal(",A,B", diagnostic.Properties[DiagnosticProperties.PaddingAfter]);
        Assert.Equal("true", diagnostic.Properties[DiagnosticProperties.ExplicitLayout]);
        Assert.Equal("Id", diagnostic.Properties[DiagnosticProperties.TypeName]);
    }

    [Fact]
    public Task KeysWithoutPadding_AreNotReported() =>
        Diagnose.Verify<KeyPaddingAnalyzer>(
            """
            [StructLayout(LayoutKind.Sequential, Pack = 1)] public struct Packed { public uint Address; public byte Protocol; public ulong Id; }
            [StructLayout(LayoutKind.Explicit)] public struct Union { [FieldOffset(0)] public uint A; [FieldOffset(0)] public Bytes16 B; }
            [BpfMap(Type = Hash, Key = typeof(Packed))] public struct A { public byte Value; public ulong Count; }
            [BpfMap(Type = Hash, Key = typeof(Union))] public struct B { public ulong Count; }
            [BpfMap(Type = Queue)] public struct C { public byte Value; public ulong Count; }
            """
        );

    [Fact]
    public Task PaddingInAValue_IsReported() =>
        Diagnose.Verify<ValuePaddingAnalyzer>(
            "[BpfMap(Type = Hash, Key = typeof(uint))] public struct {|BPFMAP027:Flow|} { public byte Kind; public ulong Count; }",
            "'Flow' is 16 bytes, which include 7 bytes of padding: 7 bytes at offset 1 (after Kind); every write copies the value to zero the padding, unless it is declared as fields"
        );

    [Fact]
    public Task ValueWithoutPadding_IsNotReported() =>
        Diagnose.Verify<ValuePaddingAnalyzer>(
            """
            [BpfMap(Type = Hash)] public struct Flow { public struct Key { public byte Kind; public ulong Id; } public ulong Kind; public ulong Count; }
            """
        );

    private static Task Verify(string source, params string[] messages) => Diagnose.Verify<MapDeclarationAnalyzer>(source, messages);
}
