namespace BpfMaps.Tests;

/// <summary>Information for dotnet watch and editors that needs no build.</summary>
public sealed class WatchTests
{
    [Theory]
    [InlineData("Watch")]
    [InlineData("UpToDateCheckInput")]
    public void FilesThatObjectsAreMadeFrom_AreKnown(string item)
    {
        using ConsumerProject project = new(
            "<BpfProgram Include=\"bpf/*.bpf.c\" /><BpfObject Include=\"objs/*.o\" /></ItemGroup><PropertyGroup><BpfIncludePath>include;other</BpfIncludePath></PropertyGroup><ItemGroup>"
        );
        project.Write("bpf/counter.bpf.c", "");
        project.Write("bpf/deeper/counter.h", "");
        project.Write("include/limits_.h", "");
        project.Write("objs/other.bpf.o", "");

        string[] known = project.Evaluate(item);

        Assert.Equal(
            ["bpf/counter.bpf.c", "bpf/deeper/counter.h", "include/limits_.h", "objs/other.bpf.o"],
            known.Select(path => Path.GetRelativePath(project["."], path)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Objects_AreKnownAsBuilt()
    {
        using ConsumerProject project = new("""<BpfProgram Include="bpf/*.bpf.c" Link="in/%(Filename).o" />""");
        project.Write("bpf/counter.bpf.c", "int counter;\n");

        Assert.Equal(
            [project["obj/Debug/net10.0/bpf/in/counter.bpf.o"], project["bin/Debug/net10.0/in/counter.bpf.o"]],
            project.Evaluate("UpToDateCheckBuilt")
        );
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
