namespace BpfMaps.Tool.Building;

/// <summary>What a build asks of the tool: sources to compile, objects to describe.</summary>
internal sealed class BuildRequest
{
    public const string Version = "bpf-build 1";

    /// <param name="lines">The request.</param>
    /// <param name="messagesFile">The file that messages are to be written to, as soon as it is known.</param>
    /// <exception cref="BuildFailure">A name has a line break in it.</exception>
    public BuildRequest(RequestLines lines, Action<string> messagesFile)
    {
        _ = lines.Take(Version);
        messagesFile(lines.Take("messages"));
        ProjectFolder = Path.TrimEndingDirectorySeparator(lines.Take("project"));
        OutputFolder = Path.TrimEndingDirectorySeparator(lines.Take("output"));
        CompilerOptions options = new(lines.Take("clang"), lines.Take("flags"), lines.Take("architecture"), lines.Take("strip") != "false");
        string[] includes = new string[lines.TakeNumber("includes")];
        BuildItem[] sources = new BuildItem[lines.TakeNumber("sources")];
        BuildItem[] objects = new BuildItem[lines.TakeNumber("objects")];
        lines.ExpectLeft(includes.Length + (3 * sources.Length) + (3 * objects.Length));
        Fill(includes, () => lines.Take("include"));
        Fill(sources, () => new(lines.Take("from"), lines.Take("to"), lines.Take("place")));
        Fill(objects, () => new(lines.Take("from"), lines.Take("to"), lines.Take("place")));
        Compiler = options with { IncludeFolders = includes };
        Sources = sources;
        Objects = objects;
    }

    /// <summary>The folder of the project: relative names in messages start there.</summary>
    public string ProjectFolder { get; }

    /// <summary>The folder that everything is written to.</summary>
    public string OutputFolder { get; }

    public CompilerOptions Compiler { get; }

    /// <summary>The C sources, and the objects that they become.</summary>
    public IReadOnlyList<BuildItem> Sources { get; }

    /// <summary>All objects, those of the sources too, and the descriptions that they get.</summary>
    public IReadOnlyList<BuildItem> Objects { get; }

    public string NameOf(string path) => Path.GetRelativePath(ProjectFolder, path);

    private static void Fill<T>(T[] items, Func<T> next)
    {
        for (int index = 0; index < items.Length; index++)
            items[index] = next();
    }
}

/// <summary>A file of the project and what the build makes of it.</summary>
/// <param name="From">The full path of a C source, or of an object.</param>
/// <param name="To">The full path of the object, or of the description.</param>
/// <param name="Place">Where the object lies in the output folder, relative to it.</param>
internal sealed record BuildItem(string From, string To, string Place);

/// <summary>How sources are compiled.</summary>
/// <param name="Clang">A path, or a name that is looked up in PATH.</param>
/// <param name="Flags">As the project has them, with quotes.</param>
/// <param name="Architecture">libbpf's name of the processor; empty if unknown.</param>
/// <param name="Strip">Whether debug information is removed.</param>
internal sealed record CompilerOptions(string Clang, string Flags, string Architecture, bool Strip)
{
    public IReadOnlyList<string> IncludeFolders { get; init; } = [];
}
