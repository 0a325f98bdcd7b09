using BpfMaps.CodeFixes.Declarations;
using BpfMaps.CodeFixes.Layout;
using BpfMaps.CodeFixes.Tests.Harness;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Missing, wrong and superfluous arguments of <c>[BpfMap]</c>.</summary>
public sealed class ArgumentTests
{
    [Fact]
    public Task MissingKey_IsSetOnTheAttribute() =>
        Fix.Verify<KeyMissingFixProvider>(
            """
            [BpfMap(Type = Hash, MaxEntries = 10)] public struct {|BPFMAP006:A|} { public ulong Count; }
            [BpfMap(Type = LruHash)] public struct {|BPFMAP006:B|} { public ulong Count; }
            [BpfMap(
                Type = Hash, // of what
                Name = "c")]
            public struct {|BPFMAP006:C|} { public ulong Count; }
            [BpfMap(Value = typeof(ulong), Type = Hash)] public partial class {|BPFMAP006:D|};
            """,
            """
            [BpfMap(Type = Hash, Key = typeof(uint), MaxEntries = 10)] public struct A { public ulong Count; }
            [BpfMap(Type = LruHash, Key = typeof(uint))] public struct B { public ulong Count; }
            [BpfMap(
                Type = Hash, // of what
                Key = typeof(uint),
                Name = "c")]
            public struct C { public ulong Count; }
            [BpfMap(Key = typeof(uint), Value = typeof(ulong), Type = Hash)] public partial class D;
            """
        );

    [Fact]
    public Task MissingKey_OfAStructInTwoParts_IsSetWhereTheAttributeIs() =>
        Fix.Verify<KeyMissingFixProvider>(
            ["public partial struct {|BPFMAP006:A|} { public ulong Count; }", "[BpfMap(Type = Hash)] public partial struct A;"],
            ["public partial struct A { public ulong Count; }", "[BpfMap(Type = Hash, Key = typeof(uint))] public partial struct A;"],
            KeyMissingFixProvider.TypeOfKey,
            "Add 'Key = typeof(uint)'"
        );

    [Fact]
    public Task MissingKey_BecomesANestedStruct() =>
        Fix.Verify<KeyMissingFixProvider>(
            """
            namespace Acme
            {
                [BpfMap(Type = Hash)]
                public struct {|BPFMAP006:A|}
                {
                    /// <summary>How many.</summary>
                    public ulong Count;
                }

                [BpfMap(Type = LruHash)]
                public struct {|BPFMAP006:B|}
                {
                    public ulong Count;
                }
            }
            """,
            """
            namespace Acme
            {
                [BpfMap(Type = Hash)]
                public struct A
                {
                    public struct Key
                    {
                        public uint Id;
                    }

                    /// <summary>How many.</summary>
                    public ulong Count;
                }

                [BpfMap(Type = LruHash)]
                public struct B
                {
                    public struct Key
                    {
                        public uint Id;
                    }

                    public ulong Count;
                }
            }
            """,
            KeyMissingFixProvider.NestedStructKey,
            "Add a nested struct 'Key'"
        );

    [Fact]
    public Task MissingKey_InAFileWithCarriageReturns_GetsThemToo() =>
        Fix.Verify<KeyMissingFixProvider>(
            [
                "using BpfMaps;\r\n\r\n[BpfMap(Type = BpfMapType.Hash)]\r\npublic struct {|BPFMAP006:A|}\r\n{\r\n    public ulong Count;\r\n}\r\n",
            ],
            [
                "using BpfMaps;\r\n\r\n[BpfMap(Type = BpfMapType.Hash)]\r\npublic struct A\r\n{\r\n    public struct Key\r\n    {\r\n        public uint Id;\r\n    }\r\n\r\n    public ulong Count;\r\n}\r\n",
            ],
            KeyMissingFixProvider.NestedStructKey,
            usings: ""
        );

    [Fact]
    public Task KeyOfAKeylessMap_IsRemoved() =>
        Fix.Verify<SuperfluousArgumentFixProvider>(
            """
            [BpfMap(Type = Queue, {|BPFMAP007:Key = typeof(uint)|}, MaxEntries = 4)] public struct A { public ulong Count; }
            [BpfMap({|BPFMAP007:Key = typeof(uint)|}, Type = Stack)] public struct B { public ulong Count; }
            [BpfMap(
                Type = BloomFilter,
                {|BPFMAP007:Key = typeof(uint)|})]
            public struct C { public ulong Count; }
            """,
            """
            [BpfMap(Type = Queue, MaxEntries = 4)] public struct A { public ulong Count; }
            [BpfMap(Type = Stack)] public struct B { public ulong Count; }
            [BpfMap(
                Type = BloomFilter)]
            public struct C { public ulong Count; }
            """,
            title: "Remove Key"
        );

    [Fact]
    public Task KeySizeOfAKeylessMap_IsRemoved() =>
        Fix.Verify<SuperfluousArgumentFixProvider>(
            "[BpfMap(Type = Stack, {|BPFMAP007:KeySize = 4|})] public struct B { public ulong Count; }",
            "[BpfMap(Type = Stack)] public struct B { public ulong Count; }",
            title: "Remove KeySize"
        );

    [Fact]
    public Task NestedKeyOfAKeylessMap_IsRemoved() =>
        Fix.Verify<SuperfluousArgumentFixProvider>(
            """
            [BpfMap(Type = Stack)]
            public struct B
            {
                public ulong Count;
                public struct {|BPFMAP007:Key|} { public uint Id; }
            }
            """,
            """
            [BpfMap(Type = Stack)]
            public struct B
            {
                public ulong Count;
            }
            """,
            title: "Remove the nested type 'Key'"
        );

    [Fact]
    public Task ValueOnAStruct_IsRemoved() =>
        Fix.Verify<SuperfluousArgumentFixProvider>(
            "[BpfMap(Type = Queue, {|BPFMAP011:Value = typeof(uint)|}, Name = \"jobs\")] public struct Job { public uint Id; }",
            "[BpfMap(Type = Queue, Name = \"jobs\")] public struct Job { public uint Id; }",
            title: "Remove Value"
        );

    [Fact]
    public Task KeyOfAnArray_IsRemoved() =>
        Fix.Verify<IndexKeyFixProvider>(
            """
            [BpfMap(Type = BpfMapType.Array, Key = {|BPFMAP008:typeof(ulong)|}, MaxEntries = 4)] public struct A { public ulong Count; }
            [BpfMap(Type = PerCpuArray, Key = {|BPFMAP008:typeof(ushort)|}, Value = typeof(ulong))] public partial class B;
            """,
            """
            [BpfMap(Type = BpfMapType.Array, MaxEntries = 4)] public struct A { public ulong Count; }
            [BpfMap(Type = PerCpuArray, Value = typeof(ulong))] public partial class B;
            """,
            title: "Remove Key"
        );

    [Fact]
    public Task KeyOfAnArrayWithANestedStruct_IsSet() =>
        Fix.Verify<IndexKeyFixProvider>(
            """
            [BpfMap(Type = PerCpuArray)] public struct A { public struct {|BPFMAP008:Key|} { public byte X; } public ulong Count; }
            [BpfMap(Type = BpfMapType.Array, Key = {|BPFMAP008:typeof(Key)|})] public struct B { public struct Key { public byte X; } public ulong Count; }
            """.Replace("typeof(Key)", "typeof(B.Key)", StringComparison.Ordinal),
            """
            [BpfMap(Type = PerCpuArray, Key = typeof(uint))] public struct A { public struct Key { public byte X; } public ulong Count; }
            [BpfMap(Type = BpfMapType.Array, Key = typeof(uint))] public struct B { public struct Key { public byte X; } public ulong Count; }
            """,
            title: "Set Key to 'uint'"
        );

    [Fact]
    public Task KeyOfATrie_BecomesAPrefix() =>
        Fix.Verify<PrefixKeyFixProvider>(
            """
            [BpfMap(Type = LpmTrie, Key = {|BPFMAP009:typeof(uint)|})] public struct A { public ulong Count; }
            [BpfMap(Type = LpmTrie)] public struct B { public struct {|BPFMAP009:Key|} { public uint Vlan, Address; } public ulong Count; }
            [{|BPFMAP009:BpfMap(Type = LpmTrie)|}] public struct C { public ulong Count; }
            """,
            """
            [BpfMap(Type = LpmTrie, Key = {|BPFMAP056:typeof(LpmKey<uint>)|})] public struct A { public ulong Count; }
            [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Key>))] public struct B { public struct Key { public uint Vlan, Address; } public ulong Count; }
            [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Be32>))] public struct C { public ulong Count; }
            """,
            title: "Make the key an LpmKey"
        );

    [Fact]
    public Task KeyOfATrieThatIsTooLong_HasNoFix() =>
        Fix.VerifyNone<PrefixKeyFixProvider>(
            """
            [InlineArray(257)] public struct Long { private byte _first; }
            [BpfMap(Type = LpmTrie, Key = {|BPFMAP009:typeof(LpmKey<Long>)|})] public struct D { public ulong Count; }
            """
        );

    [Fact]
    public Task MissingValue_IsSet() =>
        Fix.Verify<ValueMissingFixProvider>(
            [
                "[BpfMap(Type = Queue)] public partial class {|BPFMAP010:Jobs|};",
                "[BpfMap(Type = Stack, MaxEntries = 3)] public partial class {|BPFMAP010:Undo|};",
            ],
            [
                "[BpfMap(Type = Queue, Value = typeof(ulong))] public partial class Jobs;",
                "[BpfMap(Type = Stack, Value = typeof(ulong), MaxEntries = 3)] public partial class Undo;",
            ],
            title: "Add 'Value = typeof(ulong)'"
        );

    [Fact]
    public Task RingSize_IsRoundedUp() =>
        Fix.Verify<RefusedNumberFixProvider>(
            """
            [BpfMap(Type = RingBuf, MaxEntries = {|BPFMAP016:5000|})] public struct A { public uint Id; }
            [BpfMap(Type = UserRingBuf, MaxEntries = {|BPFMAP016:12 * 1024|} /* bytes */)] public struct B { public uint Id; }
            """,
            """
            [BpfMap(Type = RingBuf, MaxEntries = 8192)] public struct A { public uint Id; }
            [BpfMap(Type = UserRingBuf, MaxEntries = 16384 /* bytes */)] public struct B { public uint Id; }
            """
        );

    [Fact]
    public Task CapacityOfNothing_IsRemoved() =>
        Fix.Verify<RefusedNumberFixProvider>(
            "[BpfMap(Type = Queue, MaxEntries = {|BPFMAP016:0|})] public struct A { public uint Id; }",
            "[BpfMap(Type = Queue)] public struct A { public uint Id; }",
            title: "Remove MaxEntries"
        );

    [Fact]
    public Task RefusedFlags_AreRemoved() =>
        Fix.Verify<FlagsFixProvider>(
            """
            [BpfMap(Type = Hash, Key = typeof(uint), Flags = {|BPFMAP017:BpfMapFlags.Mmapable|})] public struct A { public uint Id; }
            [BpfMap(Type = Queue, Flags = {|BPFMAP017:BpfMapFlags.Mmapable | BpfMapFlags.NumaNode | BpfMapFlags.ReadOnlyProgram|}, MaxEntries = 1)] public struct B { public uint Id; }
            """,
            """
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct A { public uint Id; }
            [BpfMap(Type = Queue, Flags = BpfMapFlags.NumaNode | BpfMapFlags.ReadOnlyProgram, MaxEntries = 1)] public struct B { public uint Id; }
            """
        );

    [Fact]
    public Task DeclaredSizes_BecomeThoseOfTheTypes() =>
        Fix.Verify<DeclaredSizeFixProvider>(
            """
            [BpfMap(Type = Hash, KeySize = {|BPFMAP024:12|}, ValueSize = {|BPFMAP025:4|})] public struct Flow { public struct Key { public uint Address; public uint Port; } public ulong Count; }
            [BpfMap(Type = Queue, Value = typeof(uint), ValueSize = {|BPFMAP025:8|})] public partial class Numbers;
            """,
            """
            [BpfMap(Type = Hash, KeySize = 8, ValueSize = 8)] public struct Flow { public struct Key { public uint Address; public uint Port; } public ulong Count; }
            [BpfMap(Type = Queue, Value = typeof(uint), ValueSize = 4)] public partial class Numbers;
            """
        );

    [Fact]
    public Task ContradictoryFlags_LoseTheSecond() =>
        Fix.Verify<ContradictoryFlagsFixProvider>(
            [
                "[BpfMap(Type = Queue, Flags = {|BPFMAP018:BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly|})] public struct A { public uint Id; }",
                "[BpfMap(Type = Queue, Flags = {|BPFMAP018:(BpfMapFlags)24 | BpfMapFlags.NumaNode|})] public struct B { public uint Id; }",
            ],
            [
                "[BpfMap(Type = Queue, Flags = BpfMapFlags.ReadOnly)] public struct A { public uint Id; }",
                "[BpfMap(Type = Queue, Flags = BpfMapFlags.NumaNode | BpfMapFlags.ReadOnly)] public struct B { public uint Id; }",
            ],
            title: "Remove WriteOnly"
        );

    [Fact]
    public Task ContradictoryFlags_LoseTheFirst() =>
        Fix.Verify<ContradictoryFlagsFixProvider>(
            "[BpfMap(Type = Queue, Flags = {|BPFMAP018:BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram|})] public struct A { public uint Id; }",
            "[BpfMap(Type = Queue, Flags = BpfMapFlags.WriteOnlyProgram)] public struct A { public uint Id; }",
            ContradictoryFlagsFixProvider.KeyFor("ReadOnlyProgram"),
            "Remove ReadOnlyProgram"
        );

    [Fact]
    public Task FlagsOfATrieThatSayNone_AreRemoved() =>
        Fix.Verify<ContradictoryFlagsFixProvider>(
            "[BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Be32>), Flags = {|BPFMAP018:BpfMapFlags.None|})] public struct C { public uint Id; }",
            "[BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Be32>))] public struct C { public uint Id; }",
            title: "Remove Flags"
        );

    [Fact]
    public Task ValueOfTheKernels_IsRemoved() =>
        Fix.Verify<SuperfluousArgumentFixProvider>(
            """
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct Hits { public ulong Count; }
            [BpfMap(Type = ArrayOfMaps, {|BPFMAP045:Value = typeof(uint)|}, Inner = typeof(Hits))] public sealed partial class A;
            [BpfMap(Type = HashOfMaps, Key = typeof(uint), Inner = typeof(Hits), {|BPFMAP045:Value = typeof(int)|})] public sealed partial class B;
            """,
            """
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct Hits { public ulong Count; }
            [BpfMap(Type = ArrayOfMaps, Inner = typeof(Hits))] public sealed partial class A;
            [BpfMap(Type = HashOfMaps, Key = typeof(uint), Inner = typeof(Hits))] public sealed partial class B;
            """
        );

    [Fact]
    public Task RecordOfAMapWithValues_IsRemoved() =>
        Fix.Verify<SuperfluousArgumentFixProvider>(
            """[BpfMap(Type = Queue, {|BPFMAP064:Record = "event"|})] public struct A { public ulong Count; }""",
            """[BpfMap(Type = Queue)] public struct A { public ulong Count; }"""
        );

    [Fact]
    public Task InnerOfAnotherKind_IsRemoved() =>
        Fix.Verify<SuperfluousArgumentFixProvider>(
            """
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct Hits { public ulong Count; }
            [BpfMap(Type = Queue, {|BPFMAP047:Inner = typeof(Hits)|})] public struct A { public ulong Count; }
            """,
            """
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct Hits { public ulong Count; }
            [BpfMap(Type = Queue)] public struct A { public ulong Count; }
            """
        );
}
