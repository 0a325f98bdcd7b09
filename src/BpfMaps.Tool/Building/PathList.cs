namespace BpfMaps.Tool.Building;

/// <summary>Paths in a file that BpfMaps.targets takes for a list of items.</summary>
internal static class PathList
{
    // The targets take one level of escaping away, so that the semicolons between the paths count, and those in them do not.
    public static void Write(string file, IEnumerable<string> paths) =>
        File.WriteAllText(file, string.Join(';', paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(static path => MSBuildText.Escape(MSBuildText.Escape(path)))));
}
