namespace BpfMaps.Tool.Building;

/// <summary>Finds a program as a shell does: by its path, or by its name in the folders of PATH.</summary>
internal static class ExecutableSearch
{
    /// <param name="name">A path, relative to <paramref name="folder"/>, or a name.</param>
    /// <param name="missed">The paths that were tried before one was found.</param>
    /// <returns>The full path; <see langword="null"/> if there is none.</returns>
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
        if (name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || name.Contains(Path.AltDirectorySeparatorChar, StringComparison.Ordinal))
            return names.Select(file => Path.GetFullPath(file, folder));
        // Never the project's own folder: a file called clang in it is not the compiler.
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Where(Path.IsPathFullyQualified).SelectMany(searched => names.Select(file => Path.Combine(searched, file)));
    }
}
