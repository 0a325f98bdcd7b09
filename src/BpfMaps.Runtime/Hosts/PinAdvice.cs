namespace BpfMaps;

/// <summary>What to do about pins that could not be made, opened or removed, as every host says it.</summary>
internal static class PinAdvice
{
    /// <summary>Something is at the path already.</summary>
    public static string Taken(string path) => $"Something is pinned at '{path}' already: open it, unpin it or choose another path.";

    /// <summary>Nothing is at the path. <paramref name="isOpened"/> says whether it was to be opened, and not to be removed.</summary>
    public static string Missing(string path, bool isOpened) =>
        $"Nothing is pinned at '{path}'." + (isOpened ? " The program that pins the map may not be running, or pins it elsewhere." : "");

    /// <summary>The path is in another file system. <paramref name="instead"/> says what to do, and how the sentence ends.</summary>
    public static string Elsewhere(string directory, string instead) => $"'{directory}' is not in a BPF file system, the only place for pins: {instead}";

    /// <summary>The name has a '.' in it.</summary>
    public static string Reserved(string path) =>
        $"The file name '{Path.GetFileName(path)}' contains a '.', which a BPF file system keeps for itself: use another character, such as '_'.";
}
