using BpfMaps.CodeFixes.Declarations;
using BpfMaps.CodeFixes.Tests.Harness;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Ambiguous and unknown names of map types.</summary>
public sealed class MapTypeTests
{
    [Fact]
    public Task AmbiguousKinds_AreQualified() =>
        Fix.Verify<MapTypeFixProvider>(
            """
            [BpfMap({|BPFMAP003:Type = {|CS0229:Array|}|}, MaxEntries = 4)] public struct A { public ulong Count; }
            [BpfMap(
                {|BPFMAP003:Type = {|CS0229:Array|}|}, // by CPU
                Name = "b")]
            public struct B { public ulong Count; }
            """,
            """
            [BpfMap(Type = BpfMapType.Array, MaxEntries = 4)] public struct A { public ulong Count; }
            [BpfMap(
                Type = BpfMapType.Array, // by CPU
                Name = "b")]
            public struct B { public ulong Count; }
            """,
            title: "Write 'BpfMapType.Array'"
        );

    [Fact]
    public Task KindsThatNoUsingBringsIntoSight_AreQualified() =>
        Fix.Verify<MapTypeFixProvider>(
            ["[BpfMap({|BPFMAP003:Type = {|CS0103:Queue|}|})] public struct A { public ulong Count; }"],
            ["[BpfMap(Type = BpfMapType.Queue)] public struct A { public ulong Count; }"],
            usings: "using BpfMaps;\n"
        );

    [Fact]
    public Task AttributeWithoutKind_HasNoFix() =>
        Fix.VerifyNone<MapTypeFixProvider>(
            """
            [{|BPFMAP003:BpfMap|}] public struct A { public ulong Count; }
            [BpfMap({|BPFMAP003:Type = {|CS0103:Missing|}|})] public struct B { public ulong Count; }
            [BpfMap({|BPFMAP003:Type = (BpfMapType)99|})] public struct C { public ulong Count; }
            """
        );
}
