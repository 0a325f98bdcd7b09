using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Layout files that cannot be read.</summary>
public sealed class LayoutFileTests
{
    [Fact]
    public Task OtherVersion_IsReportedAtItsLine() =>
        Verify(
            "{|BPFMAP035:bpf-layout 2|}\nobject byte-order=little\n",
            "flow.bpf.layout(1) cannot be read, so no map is checked against 'flow.bpf.o': expected 'bpf-layout 1', found 'bpf-layout 2': update BpfMaps, or describe the object again"
        );

    [Fact]
    public Task UnknownLine_IsReportedAtItsLine() =>
        Verify(
            "bpf-layout 1\nobject byte-order=little\n{|BPFMAP035:maps flows type=Hash|}\nprogram count section=xdp\n",
            "flow.bpf.layout(3) cannot be read, so no map is checked against 'flow.bpf.o': expected 'map', 'section', 'program', 'unlisted' or 'type', found 'maps'"
        );

    [Fact]
    public Task EmptyFile_IsReported() => Verify("{|BPFMAP035:|}");

    [Fact]
    public Task ReadableFile_IsNotReported() => Verify("bpf-layout 1\nobject byte-order=little\n");

    [Fact]
    public Task OtherFiles_AreNotRead() => Diagnose.Verify<LayoutFileAnalyzer>([new("/notes.txt", "bpf-layout 2\n")], "");

    private static Task Verify(string layout, params string[] messages) =>
        Diagnose.Verify<LayoutFileAnalyzer>([new("/flow.bpf.layout", layout)], "", messages);
}
