namespace BpfMaps.Tests;

/// <summary>Tests of programs that use maps without a BPF program.</summary>
public sealed class ConsoleTests(PackageFeed feed)
{
    private static readonly string s_readme = File.ReadAllText($"{Checkout.Root}README.md");

    [Fact]
    public void FirstCodeOfTheReadme_BuildsAndRunsInANewProject()
    {
        Require.Kernel();
        using PackageConsumer project = new(feed, "BpfMaps");
        project.Write("Program.cs", MarkdownPage.FirstCode(s_readme));

        project.Build("-warnaserror");

        Assert.Equal("1 packets, 1500 bytes\na000001:443 1\n", project.RunBuilt());
    }

    [Fact]
    public void CodeOfTheInMemoryPackage_BuildsAndRunsWithoutAKernel()
    {
        using Package package = feed.Open("BpfMaps.InMemory");
        using PackageConsumer project = new(feed, "BpfMaps.InMemory");
        project.Write("Program.cs", MarkdownPage.FirstCode(package.ReadText("README.md")));

        project.Build("-warnaserror");

        Assert.Equal("3\n", project.RunBuilt());
    }

    [Fact]
    public void ReadmeOfThePackage_HasTheSameCode()
    {
        using Package package = feed.Open("BpfMaps");

        Assert.Equal(MarkdownPage.FirstCode(s_readme), MarkdownPage.FirstCode(package.ReadText("README.md")));
    }

    [Fact]
    public void OutputFolder_ContainsOnlyTheRuntimeOfThePackage()
    {
        using PackageConsumer project = new(feed, "BpfMaps");
        project.Write("Program.cs", MarkdownPage.FirstCode(s_readme));

        project.Build();

        Assert.Equal(
            ["BpfMaps.Runtime.dll", "Consumer", "Consumer.deps.json", "Consumer.dll", "Consumer.pdb", "Consumer.runtimeconfig.json"],
            Directory.EnumerateFileSystemEntries(project["bin/Debug/net10.0"]).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void WrongField_IsOneDiagnosticAtTheField()
    {
        using PackageConsumer project = new(feed, "BpfMaps");
        project.Write("Program.cs", "System.Console.WriteLine();");
        project.Write(
            "Flow.cs",
            Flows
                .Declaration.Replace("ulong Bytes", "string Bytes", StringComparison.Ordinal)
                .Replace("Object = \"flow.bpf.o\", ", "", StringComparison.Ordinal)
        );

        string error = Assert.Single(project.BuildErrors());

        Assert.StartsWith("Flow.cs(7,19): error BPFMAP021: 'Bytes' cannot be shared with the kernel", error, StringComparison.Ordinal);
    }

    [Fact]
    public void StrictProject_HasNoWarningsInGeneratedCode()
    {
        Require.Clang();

        // A project that enables all rules and documentation is responsible for its own code: here, the structs are internal.
        using PackageConsumer project = new(
            feed,
            "BpfMaps.Libbpf",
            Flows.Item,
            """
            <OutputType>Library</OutputType>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <AnalysisMode>All</AnalysisMode>
                <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
            """
        );
        Flows.WriteTo(project);
        project.Write(
            "Flow.cs",
            Flows.Declaration.Replace("public struct FlowStats", "internal struct FlowStats", StringComparison.Ordinal)
        );
        project.Write(
            "bpf/counters.bpf.c",
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>

            struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 256); __type(key, __u32); __type(value, __u64); } drops SEC(".maps");
            struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); } faults SEC(".maps");
            """
        );
        project.Write(
            "Kinds.cs",
            """
            using BpfMaps;

            namespace Acme;

            [BpfMap(Type = BpfMapType.PerCpuArray, Value = typeof(ulong), MaxEntries = 256)]
            internal sealed partial class Drops;

            /// <summary>The number of errors.</summary>
            [BpfMap(Type = BpfMapType.Array, Value = typeof(ulong), MaxEntries = 4)]
            public sealed partial class Faults;

            /// <summary>The object.</summary>
            [BpfObject("flow.bpf.o")]
            public sealed partial class Flow;
            """
        );

        project.Build();
    }
}
