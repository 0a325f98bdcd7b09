namespace BpfMaps.Tests;

/// <summary>The items BpfProgram and BpfObject, in real builds of real projects.</summary>
public sealed class BuildItemTests
{
    private const string Programs = """<BpfProgram Include="bpf/*.bpf.c" />""";

    private const string Counter = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        #include "shared.h"

        struct {
        	__uint(type, BPF_MAP_TYPE_HASH);
        	__uint(max_entries, CAPACITY);
        	__type(key, __u32);
        	__type(value, __u64);
        } counters SEC(".maps");

        char LICENSE[] SEC("license") = "GPL";
        """;

    [Fact]
    public void Programs_AreCompiledDescribedAndCopied()
    {
        using ConsumerProject project = WithCounter();
        project.Write("bpf/second.bpf.c", Counter);

        project.Build();

        Assert.True(File.Exists(project["bin/Debug/net10.0/counter.bpf.o"]));
        Assert.True(File.Exists(project["bin/Debug/net10.0/second.bpf.o"]));
        Assert.Contains("map counters type=Hash", Layout(project), StringComparison.Ordinal);
    }

    [Fact]
    public void SecondBuild_CompilesAndDescribesNothing()
    {
        using ConsumerProject project = WithCounter();
        project.Build();
        DateTime[] first = Times(project);

        project.Build();

        Assert.Equal(first, Times(project));
    }

    [Fact]
    public void ChangedHeader_ReachesTheLayout()
    {
        using ConsumerProject project = WithCounter();
        project.Build();
        project.Write("bpf/shared.h", "#define CAPACITY 77\n");

        project.Build();

        Assert.Contains("max-entries=77", Layout(project), StringComparison.Ordinal);
    }

    [Fact]
    public void Clean_RemovesWhatWasMade()
    {
        using ConsumerProject project = WithCounter();
        project.Build();

        project.Clean();

        Assert.False(File.Exists(project["obj/Debug/net10.0/bpf/counter.bpf.o"]));
        Assert.False(File.Exists(project["obj/Debug/net10.0/bpf/counter.bpf.layout"]));
        Assert.False(File.Exists(project["bin/Debug/net10.0/counter.bpf.o"]));
    }

    [Fact]
    public void ErrorInAProgram_IsReportedAtItsLine()
    {
        using ConsumerProject project = WithCounter();
        project.Write("bpf/counter.bpf.c", Counter.Replace("__u64", "__nothing", StringComparison.Ordinal));

        Assert.Contains(
            project.BuildErrors(),
            error =>
                error.StartsWith("bpf/counter.bpf.c(9,", StringComparison.Ordinal) && error.Contains("__nothing", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("linux-x64", "max-entries=1")]
    [InlineData("linux-musl-arm64", "max-entries=2")]
    public void Program_KnowsTheProcessorThatItIsBuiltFor(string runtime, string expected)
    {
        using ConsumerProject project = WithCounter();
        project.Write(
            "bpf/shared.h",
            """
            #if defined(__TARGET_ARCH_x86)
            #define CAPACITY 1
            #elif defined(__TARGET_ARCH_arm64)
            #define CAPACITY 2
            #endif
            """
        );

        project.Build($"-p:RuntimeIdentifier={runtime}", "-p:SelfContained=false", "-p:UseAppHost=false");

        Assert.Contains(
            expected,
            File.ReadAllText(project[$"obj/Debug/net10.0/{runtime}/bpf/counter.bpf.layout"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void WithoutClang_ThePrebuiltObjectIsUsedAndSaidSo()
    {
        using ConsumerProject project = WithCounter();
        project.Build();
        File.Copy(project["obj/Debug/net10.0/bpf/counter.bpf.o"], project["bpf/counter.bpf.o"]);
        project.Clean();

        string output = project.Build("-p:ClangPath=/nowhere/clang");

        Assert.Contains("using the prebuilt counter.bpf.o", output, StringComparison.Ordinal);
        Assert.Contains("map counters", Layout(project), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutClangAndPrebuiltObject_OneErrorSaysHowToGetIt()
    {
        using ConsumerProject project = WithCounter();

        string error = Assert.Single(project.BuildErrors("-p:ClangPath=/nowhere/clang"));

        Assert.Contains("error BPFMAP100: 'bpf/counter.bpf.c' cannot be compiled: clang was not found", error, StringComparison.Ordinal);
        Assert.Contains("apt-get install clang", error, StringComparison.Ordinal);
    }

    [Fact]
    public void CompiledObject_IsDescribedAndCopied()
    {
        using ConsumerProject source = WithCounter();
        source.Build();
        using ConsumerProject project = new("""<BpfObject Include="objects/counter.bpf.o" />""");
        Directory.CreateDirectory(project["objects"]);
        File.Copy(source["obj/Debug/net10.0/bpf/counter.bpf.o"], project["objects/counter.bpf.o"]);

        project.Build();

        Assert.True(File.Exists(project["bin/Debug/net10.0/counter.bpf.o"]));
        Assert.Contains("map counters", Layout(project), StringComparison.Ordinal);
    }

    [Fact]
    public void CorruptObject_FailsTheBuildWithItsName()
    {
        using ConsumerProject project = new("""<BpfObject Include="broken.bpf.o" />""");
        project.Write("broken.bpf.o", "no object");

        Assert.Contains(project.BuildErrors(), error => error.Contains("broken.bpf.o", StringComparison.Ordinal));
    }

    private static ConsumerProject WithCounter()
    {
        Require.Clang();
        ConsumerProject project = new(Programs);
        project.Write("bpf/counter.bpf.c", Counter);
        project.Write("bpf/shared.h", "#define CAPACITY 16\n");
        return project;
    }

    private static string Layout(ConsumerProject project) => File.ReadAllText(project["obj/Debug/net10.0/bpf/counter.bpf.layout"]);

    private static DateTime[] Times(ConsumerProject project) =>
        [
            File.GetLastWriteTimeUtc(project["obj/Debug/net10.0/bpf/counter.bpf.o"]),
            File.GetLastWriteTimeUtc(project["obj/Debug/net10.0/bpf/counter.bpf.layout"]),
            File.GetLastWriteTimeUtc(project["obj/Debug/net10.0/Consumer.dll"]),
        ];
}
