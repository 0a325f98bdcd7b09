namespace BpfMaps.Tool.Building;

/// <summary>The arguments of clang for a source. They name no folder above the project, so that they, and what clang writes into an object, are the same everywhere.</summary>
internal sealed class CompilerCommand
{
    private readonly string _folder;
    private readonly string[] _common;

    public CompilerCommand(CompilerOptions options, string projectFolder)
    {
        _folder = projectFolder;
        List<string> arguments = [.. CommandLineText.Split(options.Flags)];
        if (options.Architecture.Length != 0)
            arguments.Add("-D__TARGET_ARCH_" + options.Architecture);
        arguments.AddRange(options.IncludeFolders.Select(folder => "-I" + Relative(Path.GetFullPath(folder, projectFolder))));
        IncludeFolders = [.. arguments.Where(static argument => argument.StartsWith("-I", StringComparison.Ordinal) && argument.Length > 2).Select(static argument => argument[2..])];
        // Types name the folder that clang runs in.
        arguments.Add($"-fdebug-prefix-map={projectFolder}=.");
        _common = [.. arguments];
    }

    /// <summary>The folders that clang is told to search with -I, in order.</summary>
    public IReadOnlyList<string> IncludeFolders { get; }

    public string[] For(string source, string objectFile, string ruleFile) =>
        [.. _common, "-fno-caret-diagnostics", "-MD", "-MT", MakeRule.Target, "-MF", ruleFile, "-c", Operand(Relative(source)), "-o", objectFile];

    /// <summary>What decides about the object, besides the content of files.</summary>
    public IEnumerable<string> Identity(string source) => [.. _common, Relative(source)];

    /// <summary>From the project's folder; whole where nothing but the root is common, as for the folders of the system.</summary>
    private string Relative(string path)
    {
        string root = Path.GetPathRoot(_folder) ?? "";
        string first = _folder[root.Length..].Split(Path.DirectorySeparatorChar)[0];
        string shared = root + first + Path.DirectorySeparatorChar;
        return first.Length != 0 && (path + Path.DirectorySeparatorChar).StartsWith(shared, StringComparison.Ordinal) ? Path.GetRelativePath(_folder, path) : path;
    }

    // A name that begins with a dash is no option, one with an at sign no file of arguments.
    private static string Operand(string path) => path[0] is '-' or '@' ? "./" + path : path;
}
