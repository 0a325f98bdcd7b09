namespace BpfMaps.Tests;

/// <summary>What dotnet watch and editors learn from a project without building it.</summary>
public sealed class WatchTests
{
    [Theory]
    [InlineData("Watch")]
    [InlineData("UpToDateCheckInput")]
    public void FilesThatObjectsAreMadeFrom_AreKnown(string item)
    {
        Require.Clang();
        string root = ConsumerProject.NewFolder();
        using ConsumerProject outside = new("", root, "Library", "Outside");
        outside.Write("shared/more.h", "");
        using ConsumerProject project = new(
            "<BpfProgram Include=\"bpf/*.bpf.c\" /><BpfObject Include=\"objs/*.o\" /></ItemGroup><PropertyGroup><BpfIncludePath>include;other</BpfIncludePath></PropertyGroup><ItemGroup>",
            Path.Combine(root, "App"));
        project.Write("include/limits_.h", "");
        project.Write("bpf/counter.bpf.c", "#include \"limits_.h\"\n#include \"../../shared/more.h\"\nint counter;\n");

        Assert.Subset(new HashSet<string>(project.Evaluate(item)), new HashSet<string> { project["bpf/counter.bpf.c"], project["include/limits_.h"] });

        project.Build();

        string[] known = project.Evaluate(item);
        Assert.Subset(new HashSet<string>(known), new HashSet<string> { project["bpf/counter.bpf.c"], project["include/limits_.h"], outside["shared/more.h"] });
        Assert.Equal(known.Distinct(), known);
        Assert.DoesNotContain(known, static path => path.StartsWith("/usr/", StringComparison.Ordinal));
    }

    [Fact]
    public void Objects_AreKnownAsBuilt()
    {
        using ConsumerProject project = new("""<BpfProgram Include="bpf/*.bpf.c" Link="in/%(Filename).o" />""");
        project.Write("bpf/counter.bpf.c", "int counter;\n");

        Assert.Equal([project["obj/Debug/net10.0/bpf/in/counter.bpf.o"], project["bin/Debug/net10.0/in/counter.bpf.o"]], project.Evaluate("UpToDateCheckBuilt"));
    }

    [Fact]
    public void ProjectWithoutObjects_HasNothingOfIt()
    {
        using ConsumerProject project = new("");
        project.Write("native/native.h", "");

        Assert.Empty(project.Evaluate("Watch"));
        Assert.Empty(project.Evaluate("UpToDateCheckInput"));
    }
}
