using System.Globalization;

namespace BpfMaps.Tool.Building;

/// <summary>
/// The inputs of a compilation: the arguments, all files that were read, and all missing files that would have been read.
/// </summary>
/// <param name="Identity">The compiler and its arguments.</param>
/// <param name="Read">Full paths of the files that were read.</param>
/// <param name="Missed">Full paths of the missing files.</param>
internal sealed record CompilationRecord(string Identity, IReadOnlyList<string> Read, IReadOnlyList<string> Missed)
{
    // Paths do not contain NUL.
    private const char Separator = '\0';

    /// <summary>Loads a record if none of its inputs has changed.</summary>
    public static CompilationRecord? LoadIfCurrent(string path, string identity)
    {
        if (!File.Exists(path))
            return null;
        string[][] parts =
        [
            .. File.ReadAllText(path).Split('\u0001').Select(static part => part.Split(Separator, StringSplitOptions.RemoveEmptyEntries)),
        ];
        if (parts.Length != 3 || parts[0].Length != 1 || parts[0][0] != identity || parts[1].Length % 2 != 0)
            return null;
        List<string> read = [];
        for (int at = 0; at < parts[1].Length; at += 2)
        {
            if (StampOf(parts[1][at]) != parts[1][at + 1])
                return null;
            read.Add(parts[1][at]);
        }
        return Array.Exists(parts[2], File.Exists) ? null : new(identity, read, parts[2]);
    }

    public void Save(string path) =>
        File.WriteAllText(
            path,
            Identity
                + '\u0001'
                + string.Join(Separator, Read.Select(static file => file + Separator + StampOf(file)))
                + '\u0001'
                + string.Join(Separator, Missed)
        );

    private static string StampOf(string path) =>
        new FileInfo(path) is { Exists: true } file
            ? string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks} {file.Length}")
            : "gone";
}
