namespace BpfMaps.Tests;

/// <summary>Tests of projects with a BPF program that reference the package BpfMaps.Libbpf and, through it, BpfMaps.</summary>
public sealed class ProgramTests(PackageFeed feed)
{
    private static readonly string[] s_made =
    [
        "obj/Debug/net10.0/bpf/flow.bpf.o",
        "obj/Debug/net10.0/bpf/flow.bpf.layout",
        "obj/Debug/net10.0/Consumer.dll",
        "bin/Debug/net10.0/Consumer.dll",
        "bin/Debug/net10.0/flow.bpf.o",
    ];

    [Fact]
    public void Program_IsCompiledCheckedLoadedAndUsed()
    {
        Require.Kernel();
        Require.Libbpf();
        using PackageConsumer project = NewProject();

        project.Build("-warnaserror");

        Assert.Equal(Flows.Used, project.RunBuilt());
    }

    [Fact]
    public void SecondBuild_IsUpToDate()
    {
        using PackageConsumer project = NewProject();
        project.Build();
        DateTime[] first = Times(project);

        string output = project.Build("-v:n");

        foreach (string target in new[] { "BpfCompile", "CoreCompile" })
            Assert.Contains($"Skipping target \"{target}\" because all output files are up-to-date", output, StringComparison.Ordinal);
        Assert.Equal(first, Times(project));
    }

    [Theory]
    [InlineData(
        "public ulong Bytes;",
        "public uint Bytes;",
        "Flow.cs(7,17): error BPFMAP043: 'FlowStats' does not match the value of map 'flows' in flow.bpf.o"
    )]
    [InlineData("Name = \"flows\"", "Name = \"flow\"", "Flow.cs(3,63): error BPFMAP037")]
    public void DeclarationThatDoesNotMatch_IsAnErrorAtItsLocation(string right, string wrong, string error)
    {
        using PackageConsumer project = NewProject();
        project.Write("Flow.cs", Flows.Declaration.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(project.BuildErrors(), line => line.StartsWith(error, StringComparison.Ordinal));
    }

    [Fact]
    public void ChangeInC_IsAnErrorInCSharp()
    {
        using PackageConsumer project = NewProject();
        project.Build();
        project.Write("bpf/flow.bpf.c", Flows.Program.Replace("__u64 bytes;", "__u32 errors; __u32 bytes;", StringComparison.Ordinal));

        Assert.Contains(project.BuildErrors(), line => line.StartsWith("Flow.cs(7,18): error BPFMAP043", StringComparison.Ordinal));
    }

    [Fact]
    public void HeadersThatTheLastBuildRead_AreWatched()
    {
        using PackageConsumer project = NewProject();
        string header = Path.GetFullPath(project["../outside.h"]);
        project.Write("bpf/flow.bpf.c", "#include \"../../outside.h\"\n" + Flows.Program);
        File.WriteAllText(header, "");
        project.Build();

        Assert.Contains(header, project.Evaluate("Watch"));
        Assert.Contains(project["bpf/flow.bpf.c"], project.Evaluate("Watch"));
        Assert.DoesNotContain(project.Evaluate("UpToDateCheckInput"), static path => path.StartsWith("/usr/", StringComparison.Ordinal));
    }

    private PackageConsumer NewProject()
    {
        Require.Clang();
        PackageConsumer project = new(feed, "BpfMaps.Libbpf", Flows.Item);
        Flows.WriteTo(project);
        project.Write("Program.cs", Flows.Use);
        return project;
    }

    private static DateTime[] Times(PackageConsumer project) => [.. s_made.Select(file => File.GetLastWriteTimeUtc(project[file]))];
}
