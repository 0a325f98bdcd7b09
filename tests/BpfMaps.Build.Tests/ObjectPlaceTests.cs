namespace BpfMaps.Tests;

/// <summary>Objects with the same file name do not replace each other.</summary>
public sealed class ObjectPlaceTests
{
    [Fact]
    public void TwoSourcesOfOneName_AreAnErrorThatNamesBoth()
    {
        using ConsumerProject project = WithFilters("""<BpfProgram Include="bpf/**/*.bpf.c" />""");

        string error = Assert.Single(project.BuildErrors());

        Assert.Contains(
            "error BPFMAP101: Two BPF objects have the same path in the output folder, 'filter.bpf.o'",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains("bpf/ingress/filter.bpf.c", error, StringComparison.Ordinal);
        Assert.Contains("bpf/egress/filter.bpf.c", error, StringComparison.Ordinal);
    }

    [Fact]
    public void SourceAndObjectOfOneName_AreAnErrorThatNamesBoth()
    {
        using ConsumerProject project = WithFilters(
            """<BpfProgram Include="bpf/ingress/*.bpf.c" /><BpfObject Include="../elsewhere/filter.bpf.o" />"""
        );

        string error = Assert.Single(project.BuildErrors());

        Assert.Contains("BPFMAP101", error, StringComparison.Ordinal);
        Assert.Contains("/elsewhere/filter.bpf.o and ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Link_GivesObjectsOfOneNameTheirPlaces()
    {
        Require.Libbpf();
        using ConsumerProject project = WithFilters("""<BpfProgram Include="bpf/**/*.bpf.c" Link="%(RecursiveDir)%(Filename).o" />""");
        project.Write(
            "Program.cs",
            """
            using BpfMaps;

            using Ingress ingress = Ingress.Open();
            using Egress egress = Egress.Open();
            Console.WriteLine($"{ingress.Object.GetMap("in_map").MaxEntries} {egress.Object.GetMap("out_map").MaxEntries}");

            [BpfObject("ingress/filter.bpf.o")] internal sealed partial class Ingress;
            [BpfObject("egress/filter.bpf.o")] internal sealed partial class Egress;
            """
        );

        project.Build();

        Assert.Equal("16 32\n", project.RunBuilt());
    }

    [Fact]
    public void OneSourceThatTwoPatternsFind_IsOneObject()
    {
        using ConsumerProject project = WithFilters("""<BpfProgram Include="bpf/ingress/*.bpf.c;./bpf/ingress/filter.bpf.c" />""");

        project.Build();

        Assert.True(File.Exists(project["bin/Debug/net10.0/filter.bpf.o"]));
    }

    [Theory]
    [InlineData("../filter.bpf.o")]
    [InlineData("/tmp/filter.bpf.o")]
    public void LinkOutOfTheOutputFolder_IsAnError(string link)
    {
        using ConsumerProject project = WithFilters($"""<BpfProgram Include="bpf/ingress/*.bpf.c" Link="{link}" />""");

        string error = Assert.Single(project.BuildErrors());

        Assert.StartsWith(
            "bpf/ingress/filter.bpf.c : error BPFMAP104: 'bpf/ingress/filter.bpf.c' cannot be built: its Link",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ObjectThatDoesNotExist_IsAnErrorWithItsName()
    {
        using ConsumerProject project = new("""<BpfObject Include="nowhere/filter.bpf.o" />""");

        string error = Assert.Single(project.BuildErrors());

        Assert.Equal("nowhere/filter.bpf.o : error BPFMAP104: 'nowhere/filter.bpf.o' cannot be built: the file does not exist.", error);
    }

    [Fact]
    public void ObjectsOfTwoLibraries_AreAnErrorInTheApplication()
    {
        Require.Clang();
        string root = ConsumerProject.NewFolder();
        using ConsumerProject application = new(
            """<ProjectReference Include="../First/First.csproj" /><ProjectReference Include="../Second/Second.csproj" />""",
            Path.Combine(root, "Application"),
            name: "Application"
        );
        using ConsumerProject first = Library(root, "First", Filter("in_map", 16));
        using ConsumerProject second = Library(root, "Second", Filter("out_map", 32));

        string error = Assert.Single(application.BuildErrors());

        Assert.Contains(
            "error BPFMAP101: BPF objects of several projects or packages have the same path in the output folder, 'filter.bpf.o'",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains(first["obj/Debug/net10.0/bpf/filter.bpf.o"], error, StringComparison.Ordinal);
        Assert.Contains(second["obj/Debug/net10.0/bpf/filter.bpf.o"], error, StringComparison.Ordinal);
        Assert.Single(application.PublishErrors(), static published => published.Contains("BPFMAP101", StringComparison.Ordinal));
    }

    private static ConsumerProject Library(string root, string name, string source)
    {
        ConsumerProject library = new("""<BpfProgram Include="bpf/*.bpf.c" />""", Path.Combine(root, name), "Library", name);
        library.Write("bpf/filter.bpf.c", source);
        return library;
    }

    private static ConsumerProject WithFilters(string items)
    {
        Require.Clang();
        ConsumerProject project = new(items);
        project.Write("bpf/ingress/filter.bpf.c", Filter("in_map", 16));
        project.Write("bpf/egress/filter.bpf.c", Filter("out_map", 32));
        return project;
    }

    private static string Filter(string map, int capacity) =>
        $$"""
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>

            struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, {{capacity}}); __type(key, __u32); __type(value, __u64); } {{map}} SEC(".maps");
            SEC("raw_tp") int nop(void *ctx) { return 0; }
            char LICENSE[] SEC("license") = "GPL";
            """;
}
