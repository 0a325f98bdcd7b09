namespace BpfMaps.Tool.Building;

/// <summary>A request of the build: sources to compile and objects to describe.</summary>
internal sealed class BuildRequest
{
    public const string Version = "bpf-build 1";

    /// <param name="lines">The request.</param>
    /// <param name="messagesFile">Called with the file for messages as soon as it is known.</param>
    /// <exception cref="BuildFailure">A name contains a line break.</exception>
    public BuildRequest(RequestLines lines, Action<string> messagesFile)
    {
        _ = lines.Take(Version);
        messagesFile(lines.Take("messages"));
        ProjectFolder = Path.TrimEndingDirectorySeparator(lines.Take("project"));
        OutputFolder = Path.TrimEndingDirectorySeparator(lines.Take("output"));
        CompilerOptions options = new(lines.Take("clang"), lines.Take("flags"), lines.Take("architecture"), lines.Take("strip") != "false");
        OwnHeader = lines.Take("header");
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

    /// <summary>The folder of the project, to which names in messages are relative.</summary>
    public string ProjectFolder { get; }

    /// <summary>The folder for all output.</summary>
    public string OutputFolder { get; }

    /// <summary>The file name of the header that the project writes for others; empty if it writes none.</summary>
    public string OwnHeader { get; }

    public CompilerOptions Compiler { get; }

    /// <summary>The C sources and the objects to compile them to.</summary>
    public IReadOnlyList<BuildItem> Sources { get; }

    /// <summary>All objects, including those of the sources, and the layout files to write for them.</summary>
    public IReadOnlyList<BuildItem> Objects { get; }

    public string NameOf(string path) => Path.GetRelativePath(ProjectFolder, path);

    private static void Fill<T>(T[] items, Func<T> next)
    {
        for (int index = 0; index < items.Length; index++)
            items[index] = next();
    }
}
