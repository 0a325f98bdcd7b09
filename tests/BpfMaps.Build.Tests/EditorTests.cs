using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Tests;

/// <summary>What an editor shows of a project is what its build says, and what the editor repairs builds.</summary>
public sealed class EditorTests
{
    private const string Flows = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>

        struct key { __u32 address; __u16 port; };
        struct stats { __u64 packets; __u64 bytes; __u32 errors; __u16 drops, kind; };

        struct {
        	__uint(type, BPF_MAP_TYPE_HASH);
        	__uint(max_entries, 64);
        	__type(key, struct key);
        	__type(value, struct stats);
        } flows SEC(".maps");

        char LICENSE[] SEC("license") = "GPL";
        """;

    private const string Fitting = """
        using BpfMaps;

        [BpfMap(Type = BpfMapType.Hash, Name = "flows", MaxEntries = 64, Object = "flows.bpf.o")]
        public struct Flow
        {
            public struct Key { public uint Address; public ushort Port; private ushort _padding; }
            public ulong Packets;
            public ulong Bytes;
            public uint Errors; public ushort Drops, Kind;
        }
        """;

    [Fact]
    public async Task DeclarationThatFits_IsCleanWithoutABuildBefore()
    {
        using ConsumerProject project = WithFlows(Fitting);
        using Editor editor = await Editor.OpenAsync(project);

        Assert.Empty(await editor.DiagnosticsAsync());
    }

    [Theory]
    [InlineData("public ulong Bytes;", "public long Bytes;", "BPFMAP043")]
    [InlineData("Object = \"flows.bpf.o\")", "Object = \"flows.bpf.o\", ValueSize = 12)", "BPFMAP025")]
    [InlineData(" private ushort _padding;", "", "BPFMAP026")]
    [InlineData("public ulong Bytes;", "public bool Seen; public ulong Bytes;", "BPFMAP022")]
    [InlineData("Name = \"flows\"", "Name = \"flows and more\"", "BPFMAP014")]
    public async Task WrongDeclaration_IsTheSameInEditorAndBuild(string right, string wrong, string id)
    {
        using ConsumerProject project = WithFlows(Fitting.Replace(right, wrong, StringComparison.Ordinal));
        using Editor editor = await Editor.OpenAsync(project);

        ImmutableArray<Diagnostic> shown = await editor.DiagnosticsAsync();

        Assert.Contains(shown, diagnostic => diagnostic.Id == id);
        string[] built = project.BuildErrors("-warnaserror");
        foreach (Diagnostic diagnostic in shown.Where(diagnostic => diagnostic.Id.StartsWith("BPFMAP", StringComparison.Ordinal)))
        {
            FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
            string expected = string.Create(CultureInfo.InvariantCulture, $"Flow.cs({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): error {diagnostic.Id}");
            Assert.Contains(built, error => error.StartsWith(expected, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Object = \"flows.bpf.o\")", "Object = \"flows.bpf.o\", ValueSize = 12)", "BPFMAP025", "")]
    [InlineData(" private ushort _padding;", "", "BPFMAP026", "")]
    [InlineData("Name = \"flows\"", "Name = \"flow\"", "BPFMAP037", "Name the map")]
    [InlineData("BpfMapType.Hash", "BpfMapType.LruHash", "BPFMAP039", "Set Type")]
    [InlineData("MaxEntries = 64", "MaxEntries = 65", "BPFMAP040", "Set MaxEntries")]
    [InlineData("MaxEntries = 64", "MaxEntries = 64, Flags = BpfMapFlags.NoPrealloc", "BPFMAP041", "")]
    [InlineData("public uint Address;", "public int Address;", "BPFMAP042", "Change the type")]
    [InlineData("public uint Errors; public ushort Drops, Kind;", "public ushort Drops; public ushort Kind; public uint Errors;", "BPFMAP043", "Put the fields")]
    [InlineData("public ulong Bytes;", "public long Bytes;", "BPFMAP043", "Change the type")]
    [InlineData("public ulong Bytes;", "", "BPFMAP043", "Replace the fields")]
    public async Task Fix_LeavesACleanProjectThatBuilds(string right, string wrong, string id, string title)
    {
        using ConsumerProject project = WithFlows(Fitting.Replace(right, wrong, StringComparison.Ordinal));
        using Editor editor = await Editor.OpenAsync(project);

        await editor.FixAsync((await editor.DiagnosticsAsync()).First(diagnostic => diagnostic.Id == id), title);

        Assert.Empty(await editor.DiagnosticsAsync());
        project.Build("-warnaserror");
    }

    private static ConsumerProject WithFlows(string declaration)
    {
        Require.Clang();
        ConsumerProject project = new("""<BpfProgram Include="flows.bpf.c" />""");
        project.Write("flows.bpf.c", Flows);
        project.Write("Flow.cs", declaration);
        return project;
    }
}
