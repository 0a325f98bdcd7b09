using BpfMaps.CodeFixes.Declarations;
using BpfMaps.CodeFixes.Tests.Harness;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Types that must be partial.</summary>
public sealed class PartialTests
{
    [Fact]
    public Task MapClass_BecomesPartial() => Fix.Verify<PartialFixProvider>(
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
        """);

    [Fact]
    public Task ContainersOfSeveralMaps_BecomePartialOnce() => Fix.Verify<PartialFixProvider>(
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
        title: null);

    [Fact]
    public Task ClassesInSeveralFiles_BecomePartial() => Fix.Verify<PartialFixProvider>(
        ["[BpfMap(Type = Queue, Value = typeof(uint))] public class {|BPFMAP001:Jobs|};", "[BpfMap(Type = Queue, Value = typeof(uint))] class {|BPFMAP001:Tasks|};"],
        ["[BpfMap(Type = Queue, Value = typeof(uint))] public partial class Jobs;", "[BpfMap(Type = Queue, Value = typeof(uint))] partial class Tasks;"]);
}
