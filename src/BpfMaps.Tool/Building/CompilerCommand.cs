namespace BpfMaps.Tool.Building;

/// <summary>
/// The arguments of clang for a source. Paths are relative to the project, so that objects are reproducible on all machines.
/// </summary>
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
        IncludeFolders =
        [
            .. arguments
                .Where(static argument => argument.StartsWith("-I", StringComparison.Ordinal) && argument.Length > 2)
                .Select(static argument => argument[2..]),
        ];
        // Debug types contain the working directory of clang.
        arguments.Add($"-fdebug-prefix-map={projectFolder}=.");
        _common = [.. arguments];
    }

    /// <summary>The folders from -I options, in order.</summary>
    public IReadOnlyList<string> IncludeFolders { get; }

    public string[] For(string source, string objectFile, string ruleFile) =>
        [
            .. _common,
            "-fno-caret-diagnostics",
            "-MD",
            "-MT",
            MakeRule.Target,
            "-MF",
            ruleFile,
            "-c",
            Operand(Relative(source)),
            "-o",
            objectFile,
        ];

    /// <summary>Gets the arguments that affect the object.</summary>
    public IEnumerable<string> Identity(string source) => [.. _common, Relative(source)];

    /// <summary>Gets the path relative to the project; the full path if only the root is common, as for system folders.</summary>
    private string Relative(string path)
    {
        string root = Path.GetPathRoot(_folder) ?? "";
        string first = _folder[root.Length..].Split(Path.DirectorySeparatorChar)[0];
        string shared = root + first + Path.DirectorySeparatorChar;
        return first.Length != 0 && (path + Path.DirectorySeparatorChar).StartsWith(shared, StringComparison.Ordinal)
            ? Path.GetRelativePath(_folder, path)
            : path;
    }

    // Prevents names that begin with a dash or an at sign from being options or response files.
    private static string Operand(string path) => path[0] is '-' or '@' ? "./" + path : path;
}
