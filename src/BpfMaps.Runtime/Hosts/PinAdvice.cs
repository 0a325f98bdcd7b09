namespace BpfMaps;

/// <summary>Advice of all hosts about pins that could not be created, opened or removed.</summary>
internal static class PinAdvice
{
    /// <summary>The path is in use.</summary>
    public static string Taken(string path) => $"'{path}' already exists: open it, unpin it or choose another path.";

    /// <summary>The path does not exist.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isOpened">Whether the pin was to be opened, not removed.</param>
    public static string Missing(string path, bool isOpened) =>
        $"Nothing is pinned at '{path}'." + (isOpened ? " The process that pins it may not be running, or pins it elsewhere." : "");

    /// <summary>The path is in another file system.</summary>
    /// <param name="directory">The directory of the path.</param>
    /// <param name="instead">The rest of the sentence: what to do.</param>
    public static string Elsewhere(string directory, string instead) =>
        $"'{directory}' is not in a BPF file system, which pins require: {instead}";

    /// <summary>The name contains a '.'.</summary>
    public static string Reserved(string path) =>
        $"The file name '{Path.GetFileName(path)}' contains a '.', which a BPF file system reserves: use another character, such as '_'.";
}
