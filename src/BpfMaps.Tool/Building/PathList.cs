namespace BpfMaps.Tool.Building;

/// <summary>Writes a file with paths that BpfMaps.targets reads as items.</summary>
internal static class PathList
{
    // The targets remove one level of escaping, so that only semicolons between paths are separators.
    public static void Write(string file, IEnumerable<string> paths) =>
        File.WriteAllText(
            file,
            string.Join(
                ';',
                paths
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(static path => MSBuildText.Escape(MSBuildText.Escape(path)))
            )
        );
}
