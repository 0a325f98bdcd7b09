using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Tests;

/// <summary>Editors show the same diagnostics as builds, and fixed projects build.</summary>
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

        struct {
        	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
        	__uint(max_entries, 16);
        	__uint(map_flags, BPF_F_NO_PREALLOC);
        	__type(key, __u32);
        	__type(value, __u64);
        } jobs SEC(".maps");

        struct {
        	__uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
        	__uint(max_entries, 100);
        	__uint(map_extra, 3);
        	__type(value, __u32);
        } seen SEC(".maps");

        char LICENSE[] SEC("license") = "GPL";
        """;

    private const string Flow = """
        using BpfMaps;

        [BpfMap(Type = BpfMapType.Hash, Name = "flows", MaxEntries = 64, Object = "flows.bpf.o")]
        public struct Flow
        {
            public struct Key { public uint Address; public ushort Port; private ushort _padding; }
            public ulong Packets;
            public ulong Bytes;
            public uint Errors; public ushort Drops, Kind;
        }

        [BpfMap(Object = "flows.bpf.o", Type = BpfMapType.BloomFilter, Value = typeof(uint), Name = "seen", MaxEntries = 100, MapExtra = 3)]
        public sealed partial class Seen;

        """;

    private const string Fitting =
        Flow
        + """
            [BpfMap(Object = "flows.bpf.o", Type = BpfMapType.PerCpuHash, Key = typeof(uint), Value = typeof(ulong), Name = "jobs", MaxEntries = 16, Flags = BpfMapFlags.NoPrealloc)]
            public sealed partial class Jobs;

            """;

    private const string Key = "public struct Key { public uint Address; public ushort Port; private ushort _padding; }";
    private const string PackedKey =
        "[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 2)] public struct Key { public uint Address; public ushort Port; }";
    private const string Object = "MaxEntries = 64, Object = \"flows.bpf.o\")";

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
            string expected = string.Create(
                CultureInfo.InvariantCulture,
                $"Flow.cs({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): error {diagnostic.Id}"
            );
            Assert.Contains(built, error => error.StartsWith(expected, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(Object, "MaxEntries = 64, Object = \"flows.bpf.o\", KeySize = 6)", "BPFMAP024", "Set KeySize to 8, as in flows.bpf.o")]
    [InlineData(
        Object,
        "MaxEntries = 64, Object = \"flows.bpf.o\", ValueSize = 12)",
        "BPFMAP025",
        "Set ValueSize to 24, as in flows.bpf.o"
    )]
    [InlineData(" private ushort _padding;", "", "BPFMAP026", "")]
    [InlineData(Object, "MaxEntries = 64, Object = \"flow.bpf.o\")", "BPFMAP036", "Use the object")]
    [InlineData("Name = \"flows\"", "Name = \"flow\"", "BPFMAP037", "Name the map")]
    [InlineData("Name = \"flows\", " + Object, "Name = \"flow\", MaxEntries = 64)", "BPFMAP038", "Name the map")]
    [InlineData("BpfMapType.Hash", "BpfMapType.LruHash", "BPFMAP039", "Set Type")]
    [InlineData("MaxEntries = 64", "MaxEntries = 65", "BPFMAP040", "Set MaxEntries")]
    [InlineData("MaxEntries = 64", "MaxEntries = 64, Flags = BpfMapFlags.NoPrealloc", "BPFMAP041", "Remove Flags")]
    [InlineData("Flags = BpfMapFlags.NoPrealloc", "Flags = BpfMapFlags.ZeroSeed", "BPFMAP041", "Set Flags")]
    [InlineData("public uint Address;", "public int Address;", "BPFMAP042", "Change the type")]
    [InlineData(Key, PackedKey, "BPFMAP042", "Add the padding")]
    [InlineData(Key, "public struct Key { public ulong Everything; }", "BPFMAP042", "Replace the fields")]
    [InlineData(
        "public uint Errors; public ushort Drops, Kind;",
        "public ushort Drops; public ushort Kind; public uint Errors;",
        "BPFMAP043",
        "Put the fields"
    )]
    [InlineData("public ulong Bytes;", "public long Bytes;", "BPFMAP043", "Change the type")]
    [InlineData("public ulong Bytes;", "", "BPFMAP043", "Replace the fields")]
    [InlineData("MapExtra = 3", "MapExtra = 4", "BPFMAP054", "Set MapExtra")]
    public async Task Fix_LeavesACleanProjectThatBuilds(string right, string wrong, string id, string title)
    {
        using ConsumerProject project = WithFlows(Fitting.Replace(right, wrong, StringComparison.Ordinal));
        using Editor editor = await Editor.OpenAsync(project);

        await editor.FixAsync((await editor.DiagnosticsAsync()).First(diagnostic => diagnostic.Id == id), title);

        Assert.Empty(await editor.DiagnosticsAsync());
        project.Build("-warnaserror");
    }

    /// <summary>The attribute matches the object, so the struct is wrong.</summary>
    [Fact]
    public async Task TypeThatIsNotTheObjects_IsRepairedInsteadOfItsDeclaredSize()
    {
        string wrong = Fitting
            .Replace(Object, "MaxEntries = 64, ValueSize = 24, Object = \"flows.bpf.o\")", StringComparison.Ordinal)
            .Replace("public ulong Bytes;", "", StringComparison.Ordinal);
        using ConsumerProject project = WithFlows(wrong);
        using Editor editor = await Editor.OpenAsync(project);

        ImmutableArray<Diagnostic> shown = await editor.DiagnosticsAsync();
        Assert.Contains(shown, static diagnostic => diagnostic.Id == "BPFMAP025");
        await editor.FixAsync(shown.Single(static diagnostic => diagnostic.Id == "BPFMAP043"), "Replace the fields");

        Assert.Empty(await editor.DiagnosticsAsync());
        project.Build("-warnaserror");
    }

    [Fact]
    public async Task MapThatNothingDeclares_IsDeclaredBehindAnother()
    {
        using ConsumerProject project = WithFlows(Flow);
        using Editor editor = await Editor.OpenAsync(project);

        await editor.FixAsync(Assert.Single(await editor.HiddenAsync()), "Declare map 'jobs' of flows.bpf.o");

        Assert.Empty(await editor.DiagnosticsAsync());
        Assert.Empty(await editor.HiddenAsync());
        project.Build("-warnaserror");
    }

    [Fact]
    public async Task MapOfAnObjectThatNoCodeKnows_IsDeclaredFromItsLayout()
    {
        using ConsumerProject project = WithFlows("");
        using Editor editor = await Editor.OpenAsync(project);
        ImmutableArray<Diagnostic> hidden = await editor.HiddenAsync();
        Assert.Equal(["BPFMAP044", "BPFMAP044", "BPFMAP044"], hidden.Select(static diagnostic => diagnostic.Id));

        await editor.FixAsync(hidden[0], "Declare map 'flows' of flows.bpf.o in Flows.cs");

        Assert.Empty(await editor.DiagnosticsAsync());
        Assert.Contains("namespace Consumer;", File.ReadAllText(project["Flows.cs"]), StringComparison.Ordinal);
        ImmutableArray<Diagnostic> others = await editor.HiddenAsync();
        Assert.Equal(["Flows.cs", "Flows.cs"], others.Select(static other => Path.GetFileName(other.Location.GetLineSpan().Path)));
        project.Build("-warnaserror");
    }

    [Fact]
    public void FixesThatFollowObjects_AreAllTried()
    {
        IEnumerable<string> tried = typeof(EditorTests)
            .GetMethod(nameof(Fix_LeavesACleanProjectThatBuilds))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Cast<InlineDataAttribute>()
            .Select(static row => (string)row.Data[2]!);
        // Other tests cover these: BPFMAP044 in this project, and classes of objects and records without an editor.
        Assert.Equal(
            [.. Editor.FollowedByFixes().Except(["BPFMAP044", "BPFMAP053", "BPFMAP061"]).Order()],
            tried.Except(["BPFMAP024", "BPFMAP025", "BPFMAP026"]).Distinct().Order()
        );
    }

    private static ConsumerProject WithFlows(string declaration)
    {
        Require.Clang();
        ConsumerProject project = new("""<BpfProgram Include="flows.bpf.c" />""");
        project.Write("flows.bpf.c", Flows);
        project.AllowPaddingInC(); // The fixes name it.
        project.Write("Flow.cs", declaration);
        return project;
    }
}
