namespace BpfMaps.Tool.Building;

/// <summary>Reconstructs where clang searched for the files that it read.</summary>
/// <param name="folder">The working directory of clang.</param>
/// <param name="includeFolders">The folders from -I options, in order.</param>
internal sealed class IncludeSearch(string folder, IReadOnlyList<string> includeFolders)
{
    // clang searches the last two by default.
    private readonly string[] _searched = [.. includeFolders, "/usr/local/include", "/usr/include"];

    /// <summary>Gets the full paths of files, and of the targets of links.</summary>
    public string[] FullPaths(IEnumerable<string> files)
    {
        HashSet<string> paths = new(StringComparer.Ordinal);
        foreach (string path in files.Select(file => Path.GetFullPath(file, folder)))
        {
            paths.Add(path);
            if (File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target)
                paths.Add(target.FullName);
        }
        return [.. paths];
    }

    /// <summary>
    /// Gets the missing files that would be read instead of others: files with the same name in folders that are searched earlier.
    /// </summary>
    public string[] Shadowing(IReadOnlyList<string> files)
    {
        HashSet<string> sourceFolders = [.. files.Select(file => Path.GetDirectoryName(file) ?? "")];
        HashSet<string> shadowing = new(StringComparer.Ordinal);
        foreach (string file in files)
        {
            for (int index = 0; index < _searched.Length; index++)
            {
                string start = _searched[index].TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
                if (!file.StartsWith(start, StringComparison.Ordinal))
                    continue;
                foreach (
                    string earlier in _searched
                        .Take(index)
                        .Concat(sourceFolders.Where(searched => !searched.StartsWith("/usr", StringComparison.Ordinal)))
                )
                    shadowing.Add(Path.GetFullPath(Path.Combine(earlier, file[start.Length..]), folder));
            }
        }
        shadowing.RemoveWhere(File.Exists);
        return [.. shadowing];
    }
}
