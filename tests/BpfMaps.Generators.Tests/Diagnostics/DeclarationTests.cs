using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Rules for the annotated type and its containing types.</summary>
public sealed class DeclarationTests
{
    [Fact]
    public Task ClassThatIsNotPartial_IsReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, Value = typeof(uint))]
            public sealed class {|BPFMAP001:Jobs|};
            """,
            "'Jobs' is marked [BpfMap] but is not partial, so no members can be added to it: declare it as 'partial class Jobs'"
        );

    [Fact]
    public Task PartialClass_IsNotReported() => Verify("[BpfMap(Type = Queue, Value = typeof(uint))] public sealed partial class Jobs;");

    [Fact]
    public Task ContainingTypesThatAreNotPartial_AreReported() =>
        Verify(
            """
            public class {|BPFMAP002:Outer|}
            {
                public static partial class Middle
                {
                    public struct {|BPFMAP002:Inner|}
                    {
                        [BpfMap(Type = Queue)] public struct Job { public uint Id; }
                    }
                }
            }
            """
        );

    [Fact]
    public Task PartialContainingTypes_AreNotReported() =>
        Verify(
            """
            public partial class Outer
            {
                public partial record struct Inner(int X)
                {
                    [BpfMap(Type = Queue)] public struct Job { public uint Id; }
                }
            }
            """
        );

    [Fact]
    public Task MissingType_IsReported() =>
        Verify(
            "[{|BPFMAP003:BpfMap|}] public struct Job { public uint Id; }",
            "The map of 'Job' has no type: its [BpfMap] has no Type; set Type, for example 'Type = BpfMapType.Hash'"
        );

    [Fact]
    public Task UnknownType_IsReported() => Verify("[BpfMap({|BPFMAP003:Type = (BpfMapType)99|})] public struct Job { public uint Id; }");

    [Fact]
    public Task AmbiguousType_IsReportedWithTheOneThatIsMeant() =>
        Verify(
            "[BpfMap({|BPFMAP003:Type = {|CS0229:Array|}|})] public struct Job { public uint Id; }",
            "The map of 'Job' has no type: 'Array' does not refer to BpfMapType.Array here; set Type, for example 'Type = BpfMapType.Array'"
        );

    [Fact]
    public Task TypeThatIsNoKind_IsReportedAsUnreadable() =>
        Verify(
            "[BpfMap({|BPFMAP003:Type = {|CS0103:Missing|}|})] public struct Job { public uint Id; }",
            "The map of 'Job' has no type: the value of its Type cannot be determined; set Type, for example 'Type = BpfMapType.Hash'"
        );

    [Fact]
    public Task KindsCalledLikeGenericCollections_AreNotReported() =>
        Verify(
            """
            [BpfMap(Type = Queue)] public struct Job { public uint Id; }
            [BpfMap(Type = Stack)] public struct Undo { public uint Id; }
            """
        );

    [Fact]
    public Task KindWithoutClass_IsReported() =>
        Verify(
            "[BpfMap(Type = {|BPFMAP004:StructOps|}, Value = typeof(uint))] public partial class Scheduler;",
            "StructOps maps have no typed class; use RawMap for the map of 'Scheduler'"
        );

    [Fact]
    public Task KindWithClass_IsNotReported() => Verify("[BpfMap(Type = Stack, Value = typeof(uint))] public partial class Undo;");

    [Fact]
    public Task Streams_AreNotReported() =>
        Verify(
            """
            [BpfMap(Type = RingBuf)] public struct Event { public byte Kind; public ulong At; }
            [BpfMap(Type = UserRingBuf, MaxEntries = 4096)] public struct Request { public uint Id; }
            [BpfMap(Type = PerfEventArray, KeySize = 4, ValueSize = 12)] public struct Sample { public uint Id, Cpu, Reason; }
            """
        );

    [Fact]
    public Task StreamsWithKeysOrOtherRecordSizes_AreReported() =>
        Verify(
            """
            [BpfMap(Type = RingBuf, {|BPFMAP007:Key = typeof(uint)|})] public struct Event { public ulong At; }
            [BpfMap(Type = PerfEventArray, {|BPFMAP007:Key = typeof(uint)|})] public struct Sample { public uint Id; }
            [BpfMap(Type = PerfEventArray, {|BPFMAP007:KeySize = 8|})] public struct Other { public uint Id; }
            [BpfMap(Type = UserRingBuf, ValueSize = {|BPFMAP025:8|})] public struct Request { public uint Id; }
            """
        );

    [Fact]
    public Task GenericDeclarations_AreReported() =>
        Verify(
            """
            [BpfMap(Type = Queue)] public struct {|BPFMAP005:Job|}<T> { public uint Id; }
            [BpfMap(Type = Queue)] public struct {|BPFMAP005:Cell|}<T> { public T Content; }

            public partial class Box<T>
            {
                [BpfMap(Type = Queue)] public struct {|BPFMAP005:Inner|} { public uint Id; }
            }
            """
        );

    [Fact]
    public Task ErrorsBesideOneOfTheTypeItself_AreNotReported() =>
        Verify(
            "[BpfMap(Type = Queue, Key = typeof(uint), Name = \"a-b\", MaxEntries = 0)] public struct {|BPFMAP005:Job|}<T> { public string Name; }"
        );

    [Fact]
    public Task ClassesThatCannotBeMaps_AreReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, Value = typeof(uint))] public static partial class {|BPFMAP005:Static|};
            [BpfMap(Type = Queue, Value = typeof(uint))] public abstract partial class {|BPFMAP005:Abstract|};
            [BpfMap(Type = Queue, Value = typeof(uint))] public partial record {|BPFMAP005:Record|};
            [BpfMap(Type = Queue, Value = typeof(uint))] file partial class {|BPFMAP005:Hidden|};
            [BpfMap(Type = Queue, Value = typeof(uint))] public partial class {|BPFMAP005:Derived|} : List<int>;
            """
        );

    [Fact]
    public Task ClassWithInterfacesAndMembers_IsNotReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, Value = typeof(uint))]
            public partial class Jobs : ICloneable { public object Clone() => this; }
            """
        );

    [Fact]
    public Task RefStruct_IsReported() => Verify("[BpfMap(Type = Queue)] public ref struct {|BPFMAP005:Job|} { public uint Id; }");

    [Fact]
    public Task KeyThatIsPrivate_IsReported() =>
        Verify(
            """
            [BpfMap(Type = Hash)]
            public struct Flow { private struct {|BPFMAP012:Key|} { public uint Id; } public ulong Count; }
            """,
            "'Flow.Key' is private, so the map class 'FlowMap' cannot use it as its key: make it at least internal"
        );

    [Fact]
    public Task ValueThatIsLessAccessibleThanItsClass_IsReported() =>
        Verify(
            """
            internal struct {|BPFMAP012:Job|} { public uint Id; }
            [BpfMap(Type = Queue, Value = typeof(Job))] public partial class Jobs;
            """
        );

    [Fact]
    public Task InternalKeyOfPublicStruct_MakesTheClassInternal() =>
        Verify(
            """
            [BpfMap(Type = Hash)]
            public struct Flow { internal struct Key { public uint Id; } public ulong Count; }

            public partial class Outer
            {
                private struct Secret { public uint Id; }
                [BpfMap(Type = Hash, Key = typeof(Secret))] protected internal struct Flow { public ulong Count; }
                [BpfMap(Type = Queue)] private protected struct Job { public uint Id; }
            }
            """
        );

    [Fact]
    public Task ClassNamesThatCannotBe_AreReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, ClassName = {|BPFMAP013:"no name"|})] public struct A { public uint Id; }
            [BpfMap(Type = Queue, ClassName = {|BPFMAP013:"Schema"|})] public struct B { public uint Id; }
            [BpfMap(Type = Queue, ClassName = {|BPFMAP013:"Same"|})] public struct C { public uint Id; }
            [BpfMap(Type = Queue, ClassName = {|BPFMAP013:"Same"|})] public struct D { public uint Id; }
            [BpfMap(Type = Queue)] public struct {|BPFMAP013:E|} { public uint Id; }
            [BpfMap(Type = Queue, Value = typeof(uint), ClassName = {|BPFMAP013:"Other"|})] public partial class F;
            public class EMap;
            """
        );

    [Fact]
    public Task ClassNameOfAPartialClass_IsNotReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, ClassName = "JobQueue")] public struct Job { public uint Id; }
            partial class JobQueue { public int Extra; }
            [BpfMap(Type = Queue)] public struct Task { public uint Id; }
            public partial class TaskMap { public int Extra; }
            """
        );

    [Fact]
    public Task NamesThatTheKernelRefuses_AreReported() =>
        Verify(
            """
            [BpfMap(Type = Queue)] public struct {|BPFMAP014:ConnectionStatistics|} { public uint Id; }
            [BpfMap(Type = Queue, Name = {|BPFMAP014:"a-b"|})] public struct B { public uint Id; }
            [BpfMap(Type = Queue, Name = {|BPFMAP014:""|})] public struct C { public uint Id; }
            [BpfMap(Type = Queue)] public struct {|BPFMAP014:Größe|} { public uint Id; }
            """,
            "'connection_statistics' is not a valid map name: it has 21 characters, but map names have at most 15, unless they are names of maps in a BPF object of this project; set Name, for example 'Name = \"connection_stat\"'",
            "'a-b' is not a valid map name: '-' is not one of [A-Za-z0-9_.]; set Name, for example 'Name = \"a_b\"'",
            "'' is not a valid map name: it is empty; set Name, for example 'Name = \"map\"'",
            "'größe' is not a valid map name: 'ö' is not one of [A-Za-z0-9_.]; set Name, for example 'Name = \"gr__e\"'"
        );

    [Fact]
    public Task NamesThatTheKernelTakes_AreNotReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, Name = "abcdefghij.LM_9")] public struct B { public uint Id; }
            [BpfMap(Type = Queue)] public struct TCPStats { public uint Id; }
            """
        );

    private static Task Verify(string source, params string[] messages) => Diagnose.Verify<MapDeclarationAnalyzer>(source, messages);
}
