using System.Globalization;

namespace BpfMaps.Tests;

/// <summary>The maps of a C file in Sources, loaded for one test.</summary>
internal sealed class LoadedMaps : IDisposable
{
    private readonly Dictionary<string, RawMap> _maps;

    private LoadedMaps(BpfObject loaded)
    {
        Object = loaded;
        _maps = loaded.Maps.ToDictionary(static map => map.Name, static map => map.Open());
    }

    public BpfObject Object { get; }

    public static LoadedMaps Load(string file = "maps.bpf.c")
    {
        Require.Kernel();
        Require.Libbpf();
        byte[] image = Require.Clang().Compile(Path.Combine(AppContext.BaseDirectory, "Sources", file));
        BpfObject opened = BpfObject.OpenMemory(image, "tooltests");
        opened.Load();
        return new LoadedMaps(opened);
    }

    public RawMap this[string name] => _maps[name];

    /// <summary>Gets the id of a map as the tool takes it; names need not be unique on the machine.</summary>
    public string Id(string name) => this[name].Info.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Runs a command on a map and expects success without errors.</summary>
    /// <returns>The output, in which the id of the map is <c>ID</c>.</returns>
    public string Run(string command, string map, params string[] arguments)
    {
        (int exitCode, string output, string errors) = Programs.RunTool([command, Id(map), .. arguments]);
        Assert.True(exitCode == 0 && errors.Length == 0, $"exit code {exitCode}: {errors}{output}");
        return output.Replace($"id {Id(map)})", "id ID)", StringComparison.Ordinal);
    }

    /// <summary>Runs a command on a map and expects success, perhaps with remarks on standard error.</summary>
    public (string Output, string Errors) RunWithErrors(string command, string map, params string[] arguments)
    {
        (int exitCode, string output, string errors) = Programs.RunTool([command, Id(map), .. arguments]);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {errors}{output}");
        return (output, errors);
    }

    /// <summary>Runs a command on a map and expects it to fail.</summary>
    /// <returns>The sentence on standard error, in which the id of the map is <c>ID</c>.</returns>
    public string Fail(string command, string map, params string[] arguments)
    {
        (int exitCode, string output, string errors) = Programs.RunTool([command, Id(map), .. arguments]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("bpfmaps: ", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
        return errors["bpfmaps: ".Length..].TrimEnd('\n').Replace($"id {Id(map)})", "id ID)", StringComparison.Ordinal);
    }

    public void Dispose()
    {
        foreach (RawMap map in _maps.Values)
            map.Dispose();
        Object.Dispose();
    }
}
