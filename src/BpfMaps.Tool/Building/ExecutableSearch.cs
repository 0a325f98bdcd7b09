namespace BpfMaps.Tool.Building;

/// <summary>Finds a program by its path, or by its name in PATH.</summary>
internal static class ExecutableSearch
{
    /// <param name="name">A path, relative to <paramref name="folder"/>, or a name.</param>
    /// <param name="missed">Receives the paths that do not exist.</param>
    /// <returns>The full path; <see langword="null"/> if the program was not found.</returns>
    public static string? Find(string name, string folder, List<string> missed)
    {
        foreach (string candidate in Candidates(name, folder))
        {
            if (File.Exists(candidate))
                return candidate;
            missed.Add(candidate);
        }
        return null;
    }

    private static IEnumerable<string> Candidates(string name, string folder)
    {
        if (name.Length == 0)
            return [];
        string[] names = OperatingSystem.IsWindows() && !Path.HasExtension(name) ? [name + ".exe"] : [name];
        if (
            name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || name.Contains(Path.AltDirectorySeparatorChar, StringComparison.Ordinal)
        )
            return names.Select(file => Path.GetFullPath(file, folder));
        // Not in the project folder, where a file named clang may not be the compiler.
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );
        return folders.Where(Path.IsPathFullyQualified).SelectMany(searched => names.Select(file => Path.Combine(searched, file)));
    }
}
