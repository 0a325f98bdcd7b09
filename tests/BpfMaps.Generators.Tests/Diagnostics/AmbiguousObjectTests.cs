using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Objects with the same file name.</summary>
public sealed class AmbiguousObjectTests
{
    private const string Text =
        "bpf-layout 1\nobject byte-order=little\nmap flows type=Hash key=u32 key-size=4 value=u64 value-size=8 max-entries=1\n";

    private static readonly TextFile[] s_layouts =
    [
        new("/p/obj/bpf/egress/filter.bpf.layout", Text.Replace("flows", "out_flows", StringComparison.Ordinal)),
        new("/p/obj/bpf/ingress/filter.bpf.layout", Text),
        new("/p/obj/bpf/other.bpf.layout", Text),
    ];

    [Fact]
    public Task FileNameAlone_IsAmbiguous() =>
        Diagnose.Verify<AmbiguousObjectAnalyzer>(
            s_layouts,
            """
            [{|BPFMAP070:BpfObject("filter.bpf.o")|}] public sealed partial class A;
            [{|BPFMAP070:BpfObject("bpf/filter.bpf.o")|}] public sealed partial class B;
            [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Object = {|BPFMAP070:"filter.bpf.o"|}, Name = "flows")] public struct C { public ulong Packets; }
            """,
            "The project has 2 BPF objects named 'filter.bpf.o': 'egress/filter.bpf.o', 'ingress/filter.bpf.o'; name one of them with its folder, such as \"egress/filter.bpf.o\"",
            "The project has 2 BPF objects named 'bpf/filter.bpf.o': 'egress/filter.bpf.o', 'ingress/filter.bpf.o'; name one of them with its folder, such as \"egress/filter.bpf.o\"",
            "The project has 2 BPF objects named 'filter.bpf.o': 'egress/filter.bpf.o', 'ingress/filter.bpf.o'; name one of them with its folder, such as \"egress/filter.bpf.o\""
        );

    [Fact]
    public Task EnoughOfThePath_IsFine() =>
        Diagnose.Verify<AmbiguousObjectAnalyzer>(
            s_layouts,
            """
            [BpfObject("ingress/filter.bpf.o")] public sealed partial class A;
            [BpfObject("./bpf/egress/filter.bpf.o")] public sealed partial class B;
            [BpfObject("anywhere/other.bpf.o")] public sealed partial class C;
            [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Object = "ingress/filter.bpf.o", Name = "flows")] public struct D { public ulong Packets; }
            """
        );

    [Fact]
    public Task Declaration_IsComparedWithTheObjectOfItsFolder() =>
        Diagnose.Verify<ObjectMapAnalyzer>(
            s_layouts,
            """
            [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Object = "ingress/filter.bpf.o", Name = "flows", MaxEntries = 1)] public struct A { public ulong Packets; }
            [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Object = "egress/filter.bpf.o", Name = {|BPFMAP037:"flows"|}, MaxEntries = 1)] public struct B { public ulong Packets; }
            """
        );

    [Fact]
    public void Classes_AreGeneratedFromTheObjectsOfTheirFolders()
    {
        string[] generated =
        [
            .. Generation
                .RunClean(
                    """
                    using BpfMaps;
                    [BpfObject("ingress/filter.bpf.o")] public sealed partial class A;
                    [BpfObject("egress/filter.bpf.o")] public sealed partial class B;
                    [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Object = "obj/bpf/ingress/filter.bpf.o", Name = "flows")] public struct Own { public ulong Packets; }
                    """,
                    files: s_layouts
                )
                .Sources()
                .Select(static source => source.SourceText.ToString()),
        ];

        Assert.Contains(
            generated,
            static text =>
                text.Contains("public global::OwnMap Flows =>", StringComparison.Ordinal)
                && text.Contains("OpenBesideApplication(\"ingress/filter.bpf.o\"", StringComparison.Ordinal)
        );
        Assert.Contains(
            generated,
            static text =>
                text.Contains(" OutFlows =>", StringComparison.Ordinal)
                && text.Contains("OpenBesideApplication(\"egress/filter.bpf.o\"", StringComparison.Ordinal)
        );
    }
}
