using BpfMaps.CodeFixes.Declarations;
using BpfMaps.CodeFixes.Tests.Harness;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Types that must be partial, or more accessible.</summary>
public sealed class ModifierTests
{
    [Fact]
    public Task MapClass_BecomesPartial() =>
        Fix.Verify<PartialFixProvider>(
            """
            /// <summary>Work to do.</summary>
            [BpfMap(Type = Queue, Value = typeof(uint))]
            public sealed class {|BPFMAP001:Jobs|};

            [BpfMap(Type = Stack, Value = typeof(uint))]
            class {|BPFMAP001:Undo|} // what was done
            {
            }
            """,
            """
            /// <summary>Work to do.</summary>
            [BpfMap(Type = Queue, Value = typeof(uint))]
            public sealed partial class Jobs;

            [BpfMap(Type = Stack, Value = typeof(uint))]
            partial class Undo // what was done
            {
            }
            """
        );

    [Fact]
    public Task ContainersOfSeveralMaps_BecomePartialOnce() =>
        Fix.Verify<PartialFixProvider>(
            """
            public class {|BPFMAP002:{|BPFMAP002:Outer|}|}
            {
                public readonly ref struct {|BPFMAP002:Inner|}
                {
                    [BpfMap(Type = Queue)] public struct Job { public uint Id; }
                }

                /* plain */ record {|BPFMAP002:Other|}(int X)
                {
                    [BpfMap(Type = Queue)] public struct Task { public uint Id; }
                }
            }
            """,
            """
            public partial class Outer
            {
                public readonly ref partial struct Inner
                {
                    [BpfMap(Type = Queue)] public struct Job { public uint Id; }
                }

                /* plain */ partial record Other(int X)
                {
                    [BpfMap(Type = Queue)] public struct Task { public uint Id; }
                }
            }
            """,
            title: null
        );

    [Fact]
    public Task ClassOfAnObject_BecomesPartial() =>
        Fix.Verify<PartialFixProvider>(
            """[BpfObject("x.bpf.o")] public sealed class {|BPFMAP050:X|};""",
            """[{|BPFMAP053:BpfObject("x.bpf.o")|}] public sealed partial class X;"""
        );

    [Fact]
    public Task ClassesInSeveralFiles_BecomePartial() =>
        Fix.Verify<PartialFixProvider>(
            [
                "[BpfMap(Type = Queue, Value = typeof(uint))] public class {|BPFMAP001:Jobs|};",
                "[BpfMap(Type = Queue, Value = typeof(uint))] class {|BPFMAP001:Tasks|};",
            ],
            [
                "[BpfMap(Type = Queue, Value = typeof(uint))] public partial class Jobs;",
                "[BpfMap(Type = Queue, Value = typeof(uint))] partial class Tasks;",
            ]
        );

    [Fact]
    public Task TypesThatTheirMapCannotSee_BecomeAccessible() =>
        Fix.Verify<AccessibilityFixProvider>(
            """
            [BpfMap(Type = Hash)]
            public struct Flow
            {
                // Who it is.
                private struct {|BPFMAP012:Key|} { public uint Id; }
                public ulong Count;
            }
            """,
            """
            [BpfMap(Type = Hash)]
            public struct Flow
            {
                // Who it is.
                internal struct Key { public uint Id; }
                public ulong Count;
            }
            """
        );

    [Fact]
    public Task TypeWithoutModifier_BecomesPublic() =>
        Fix.Verify<AccessibilityFixProvider>(
            "/* work */ struct {|BPFMAP012:Job|} { public uint Id; }\n[BpfMap(Type = Queue, Value = typeof(Job))] public partial class Jobs;",
            "/* work */ public struct Job { public uint Id; }\n[BpfMap(Type = Queue, Value = typeof(Job))] public partial class Jobs;",
            title: "Make 'Job' public"
        );

    [Fact]
    public Task OtherModifiersAndAttributes_Stay() =>
        Fix.Verify<AccessibilityFixProvider>(
            """
            public partial class Outer
            {
                [Obsolete] protected internal readonly struct {|BPFMAP012:Place|}(int id) { public readonly int Id = id; }
                [BpfMap(Type = Hash, Key = typeof(Place), Value = typeof(ulong))] public partial class Places;
            }
            """,
            """
            public partial class Outer
            {
                [Obsolete] public readonly struct Place(int id) { public readonly int Id = id; }
                [BpfMap(Type = Hash, Key = typeof(Place), Value = typeof(ulong))] public partial class Places;
            }
            """
        );
}
