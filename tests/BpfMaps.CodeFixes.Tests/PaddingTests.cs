using BpfMaps.CodeFixes.Layout;
using BpfMaps.CodeFixes.Tests.Harness;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Padding in keys and values.</summary>
public sealed class PaddingTests
{
    [Fact]
    public Task GapsOfKeyAndValue_BecomeFields() =>
        Verify(
            """
            /// <summary>Traffic.</summary>
            [BpfMap(Type = Hash)]
            public struct {|BPFMAP027:Flow|}
            {
                /// <summary>From where.</summary>
                public struct {|BPFMAP026:Key|}
                {
                    public uint Address; // of the source
                    public byte Protocol;
                }

                public byte State;

                /// <summary>How many.</summary>
                public ulong Count;
                public ushort Port, Other;
            }
            """,
            """
            /// <summary>Traffic.</summary>
            [BpfMap(Type = Hash)]
            public struct Flow
            {
                /// <summary>From where.</summary>
                public struct Key
                {
                    public uint Address; // of the source
                    public byte Protocol;
                    private byte _pad0;
                    private ushort _pad1;
                }

                public byte State;
                private byte _pad0;
                private ushort _pad1;
                private uint _pad2;

                /// <summary>How many.</summary>
                public ulong Count;
                public ushort Port, Other;
                private uint _pad3;
            }
            """
        );

    [Fact]
    public Task StructsOfOneLine_StayOnIt() =>
        Verify(
            """
            [BpfMap(Type = Hash)] public struct {|BPFMAP027:Flow|} { public struct {|BPFMAP026:Key|} { public uint Address; public byte Protocol; } public ulong Count; public int State;}
            """,
            """
            [BpfMap(Type = Hash)] public struct Flow { public struct Key { public uint Address; public byte Protocol; private byte _pad0; private ushort _pad1; } public ulong Count; public int State; private uint _pad0; }
            """
        );

    [Fact]
    public Task StructOfSeveralMaps_IsPaddedOnce() =>
        Verify(
            [
                """
                [BpfMap(Type = Hash, Key = typeof(Place))] public struct {|BPFMAP027:A|} { public Place Last; public byte State; }
                [BpfMap(Type = LruHash, Key = typeof(Place), Value = typeof(ulong))] public sealed partial class B;
                """,
                """
                public struct {|BPFMAP026:{|BPFMAP026:{|BPFMAP027:Place|}|}|}
                {
                    public ushort Port;
                    public byte Protocol;
                }
                """,
            ],
            [
                """
                [BpfMap(Type = Hash, Key = typeof(Place))] public struct A { public Place Last; public byte State; private byte _pad0; }
                [BpfMap(Type = LruHash, Key = typeof(Place), Value = typeof(ulong))] public sealed partial class B;
                """,
                """
                public struct Place
                {
                    public ushort Port;
                    public byte Protocol;
                    private byte _pad0;
                }
                """,
            ]
        );

    [Fact]
    public Task ExplicitLayout_GetsOffsets() =>
        Verify(
            """
            [BpfMap(Type = Queue)]
            [StructLayout(LayoutKind.Explicit, Size = 24)]
            public struct {|BPFMAP027:Job|}
            {
                [FieldOffset(8)] public uint Id;
                [FieldOffset(9)] public byte Part;
                [FieldOffset(2)] public ushort Kind;
                [FieldOffset(13)] public byte Last;
                public uint Sum => Id + Kind;
            }
            """,
            """
            [BpfMap(Type = Queue)]
            [StructLayout(LayoutKind.Explicit, Size = 24)]
            public struct Job
            {
                [FieldOffset(8)] public uint Id;
                [FieldOffset(9)] public byte Part;
                [FieldOffset(2)] public ushort Kind;
                [FieldOffset(13)] public byte Last;
                [FieldOffset(0)] private ushort _pad0;
                [FieldOffset(4)] private uint _pad1;
                [FieldOffset(12)] private byte _pad2;
                [FieldOffset(14)] private ushort _pad3;
                [FieldOffset(16)] private uint _pad4;
                [FieldOffset(20)] private uint _pad5;
                public uint Sum => Id + Kind;
            }
            """
        );

    [Fact]
    public Task PackAndSize_AreKept() =>
        Verify(
            """
            [BpfMap(Type = Queue)]
            [StructLayout(LayoutKind.Sequential, Pack = 2, Size = 83)]
            public struct {|BPFMAP027:Job|}
            {
                public byte Kind;
                public ulong Id;
            }
            """,
            """
            [BpfMap(Type = Queue)]
            [StructLayout(LayoutKind.Sequential, Pack = 2, Size = 83)]
            public struct Job
            {
                public byte Kind;
                private byte _pad0;
                public ulong Id;
                private Bytes64 _pad1;
                private ushort _pad2;
                private ushort _pad3;
                private ushort _pad4;
                private ushort _pad5;
                private byte _pad6;
            }
            """
        );

    [Fact]
    public Task Records_AreGivenABody() =>
        Verify(
            """
            [BpfMap(Type = Hash, Value = typeof(Total))]
            public partial class Flows
            {
                public record struct {|BPFMAP026:Key|}(uint Address, byte Protocol);
            }

            public record struct {|BPFMAP027:Total|}(uint State) // of one
            {
                public uint Count { get; set; }
                public ushort Parts { get; set; }
            }
            """,
            """
            [BpfMap(Type = Hash, Value = typeof(Total))]
            public partial class Flows
            {
                public record struct Key(uint Address, byte Protocol) { private byte _pad0; private ushort _pad1; }
            }

            public record struct Total(uint State) // of one
            {
                public uint Count { get; set; }
                public ushort Parts { get; set; }
                private ushort _pad0;
            }
            """
        );

    [Fact]
    public Task NamesThatAreTaken_AreNotUsed() =>
        Verify(
            "[BpfMap(Type = Queue)] public struct {|BPFMAP027:Job|} { public byte _pad0; public ushort Id; public void _pad1() { } public byte Last; }",
            "[BpfMap(Type = Queue)] public struct Job { public byte _pad0; private byte _pad2; public ushort Id; public void _pad1() { } public byte Last; private byte _pad3; }"
        );

    [Fact]
    public Task GapBetweenFieldsOfOneDeclaration_HasNoFix() =>
        Fix.VerifyNone<PaddingFixProvider>(
            """
            [StructLayout(LayoutKind.Sequential, Size = 6)] public struct Odd { public uint X; private ushort _y; }
            [BpfMap(Type = Queue)] public struct {|BPFMAP027:Job|} { public Odd First, Second; }
            """
        );

    [Fact]
    public Task GenericStruct_HasNoFix() =>
        Fix.VerifyNone<PaddingFixProvider>(
            """
            public struct {|BPFMAP027:Pair|}<T> where T : unmanaged { public T First; public byte Second; }
            [BpfMap(Type = Queue, Value = typeof(Pair<uint>))] public partial class Pairs;
            """
        );

    private static Task Verify(string source, string @fixed) => Verify([source], [@fixed]);

    private static async Task Verify(string[] sources, string[] @fixed)
    {
        await Fix.Verify<PaddingFixProvider>(sources, @fixed, null);
        await Layouts.CheckPadded(string.Concat(sources), string.Concat(@fixed));
    }
}
