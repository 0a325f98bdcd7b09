namespace BpfMaps.Tests;

/// <summary><c>generate</c> writes the declarations of loaded maps as those of their object.</summary>
public sealed class GenerateTests : IDisposable
{
    private readonly LoadedMaps _maps = LoadedMaps.Load();

    public void Dispose() => _maps.Dispose();

    [Theory]
    [InlineData("flows")]
    [InlineData("counters")]
    [InlineData("networks")]
    [InlineData("jobs")]
    public void LoadedMap_IsDeclaredAsInItsObject(string name)
    {
        string folder = Directory.CreateTempSubdirectory("bpfmaps_generate_").FullName;
        string path = Path.Combine(folder, "maps.bpf.o");
        File.WriteAllBytes(path, Require.Clang().Compile(Path.Combine(AppContext.BaseDirectory, "Sources", "maps.bpf.c")));

        string ofObject = Programs.RunTool("generate", path).Output.Replace(", Object = \"maps.bpf.o\"", "", StringComparison.Ordinal);
        string ofMap = _maps.Run("generate", name);
        string file = Path.Combine(folder, "Map.cs");
        Assert.Equal("", _maps.Run("generate", name, "-o", file));

        Assert.StartsWith("// Declarations of a loaded map, ", ofMap, StringComparison.Ordinal);
        Assert.All(
            ofMap
                .Split('\n')
                .SkipWhile(static line =>
                    line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith("using ", StringComparison.Ordinal)
                ),
            line => Assert.Contains(line.Trim(), ofObject, StringComparison.Ordinal)
        );
        Assert.Equal(ofMap.Split('\n')[1..], File.ReadAllLines(file).Append("").Skip(1));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void UnknownMap_IsNamed()
    {
        (int exitCode, _, string errors) = Programs.RunTool("generate", "nosuchmap");

        Assert.Equal((1, "bpfmaps: no loaded map is named 'nosuchmap'; 'bpfmaps list' lists all maps\n"), (exitCode, errors));
    }
}
