namespace BpfMaps.Tests;

/// <summary>Objects are compiled again exactly if one of their inputs changed.</summary>
public sealed class StaleObjectTests
{
    private const string Include =
        "<BpfProgram Include=\"bpf/*.bpf.c\" /></ItemGroup><PropertyGroup><BpfIncludePath>first;include</BpfIncludePath></PropertyGroup><ItemGroup>";

    [Fact]
    public void ChangedHeaderOfAnIncludeFolder_ReachesTheObject()
    {
        using ConsumerProject project = WithCounter();
        project.Build();

        project.Write("include/limits_.h", "#define CAPACITY 77\n");
        project.Build();

        Assert.Contains("max-entries=77", Layout(project), StringComparison.Ordinal);
    }

    [Fact]
    public void HeaderThatAnOlderOneReplaces_ReachesTheObject()
    {
        using ConsumerProject project = WithCounter();
        project.Build();

        project.Write("include/limits_.h", "#define CAPACITY 78\n");
        File.SetLastWriteTimeUtc(project["include/limits_.h"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        project.Build();

        Assert.Contains("max-entries=78", Layout(project), StringComparison.Ordinal);
    }

    [Fact]
    public void HeaderOutsideOfTheProject_ReachesTheObject()
    {
        string root = ConsumerProject.NewFolder();
        using ConsumerProject shared = new("", root, "Library", "Shared");
        using ConsumerProject project = WithCounter(Path.Combine(root, "App"), "../../shared/more.h");
        shared.Write("shared/more.h", "#define CAPACITY 5\n");
        project.Build();

        shared.Write("shared/more.h", "#define CAPACITY 79\n");
        project.Build();

        Assert.Contains("max-entries=79", Layout(project), StringComparison.Ordinal);
    }

    [Fact]
    public void HeaderThatAppearsInAnEarlierFolder_ReachesTheObject()
    {
        using ConsumerProject project = WithCounter();
        project.Build();

        project.Write("first/limits_.h", "#define CAPACITY 80\n");
        project.Build();
        Assert.Contains("max-entries=80", Layout(project), StringComparison.Ordinal);

        File.Delete(project["first/limits_.h"]);
        project.Build();
        Assert.Contains("max-entries=16", Layout(project), StringComparison.Ordinal);
    }

    [Fact]
    public void DeletedHeader_IsAnErrorUntilNothingIncludesIt()
    {
        using ConsumerProject project = WithCounter();
        project.Build();

        File.Delete(project["include/limits_.h"]);
        Assert.Contains(
            project.BuildErrors(),
            static error =>
                error.StartsWith("bpf/counter.bpf.c(3,", StringComparison.Ordinal) && error.Contains("limits_.h", StringComparison.Ordinal)
        );

        project.Write("bpf/counter.bpf.c", Counter("").Replace("CAPACITY", "81", StringComparison.Ordinal));
        project.Build();
        Assert.Contains("max-entries=81", Layout(project), StringComparison.Ordinal);
    }

    [Fact]
    public void FlagsOnTheCommandLine_ReachTheObject()
    {
        using ConsumerProject project = WithCounter();
        project.Write(
            "include/limits_.h",
            """
            #ifdef WIDE
            #define CAPACITY WIDE
            #elif defined(__TARGET_ARCH_arm64)
            #define CAPACITY 83
            #else
            #define CAPACITY 16
            #endif
            """
        );
        project.Build();

        project.Build("-p:BpfCompilerFlags=-g -O2 -target bpf '-DWIDE=80 + 2'");
        Assert.Contains("max-entries=82", Layout(project), StringComparison.Ordinal);

        project.Build("-p:BpfTargetArchitecture=arm64");
        Assert.Contains("max-entries=83", Layout(project), StringComparison.Ordinal);

        project.Build();
        Assert.Contains("max-entries=16", Layout(project), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherSources_AreNotCompiledAgain()
    {
        using ConsumerProject project = WithCounter();
        project.Write("bpf/second.bpf.c", Counter("limits_.h"));
        project.Build();
        DateTime before = ObjectTime(project, "counter");

        project.Write("bpf/second.bpf.c", Counter("limits_.h") + "// more\n");
        project.Build();

        Assert.Equal(before, ObjectTime(project, "counter"));
    }

    [Fact]
    public void ChangeInNothing_StartsNothing()
    {
        using ConsumerProject project = WithCounter();
        project.Build();
        DateTime before = ObjectTime(project, "counter");

        string output = project.Build("-v:n");

        Assert.Contains("Skipping target \"BpfCompile\" because all output files are up-to-date", output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\" because all output files are up-to-date", output, StringComparison.Ordinal);
        Assert.Equal(before, ObjectTime(project, "counter"));
    }

    [Fact]
    public void SourceThatIsGone_LeavesNoDescriptionForTheCompiler()
    {
        Require.Clang();
        using ConsumerProject project = new("""<BpfProgram Include="bpf/*.bpf.c" />""");
        project.Write("bpf/counter.bpf.c", Counter("").Replace("CAPACITY", "4", StringComparison.Ordinal));
        project.Write(
            "Program.cs",
            """
            using BpfMaps;
            System.Console.WriteLine(typeof(Counter));
            [BpfObject("counter.bpf.o")] internal sealed partial class Counter;
            """
        );
        project.Build();

        File.Delete(project["bpf/counter.bpf.c"]);

        Assert.Contains(project.BuildErrors(), static error => error.Contains("BPFMAP053", StringComparison.Ordinal));
        Assert.False(File.Exists(project["bin/Debug/net10.0/bpf/counter.bpf.layout"]));
    }

    private static DateTime ObjectTime(ConsumerProject project, string name) =>
        File.GetLastWriteTimeUtc(project[$"obj/Debug/net10.0/bpf/{name}.bpf.o"]);

    private static string Layout(ConsumerProject project) => File.ReadAllText(project["obj/Debug/net10.0/bpf/counter.bpf.layout"]);

    private static ConsumerProject WithCounter(string? folder = null, string header = "limits_.h")
    {
        Require.Clang();
        ConsumerProject project = new(Include, folder);
        project.Write("include/limits_.h", "#define CAPACITY 16\n");
        project.Write("bpf/counter.bpf.c", Counter(header));
        return project;
    }

    private static string Counter(string header) =>
        $$"""
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            {{(header.Length == 0 ? "" : $"#include \"{header}\"")}}

            struct {
            	__uint(type, BPF_MAP_TYPE_HASH);
            	__uint(max_entries, CAPACITY);
            	__type(key, __u32);
            	__type(value, __u64);
            } counters SEC(".maps");

            char LICENSE[] SEC("license") = "GPL";

            """;
}
