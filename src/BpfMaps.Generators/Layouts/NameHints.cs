using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Layouts;

/// <summary>Suggests names of maps and objects, for messages about unknown names.</summary>
internal static class NameHints
{
    /// <summary>A limit that keeps messages readable.</summary>
    private const int Most = 12;

    /// <summary>Lists the maps of an object: <c>'flows', 'drops'</c>.</summary>
    public static string MapsOf(LayoutFile file)
    {
        if (file.Maps.Count == 0)
            return "no maps";
        string more = file.Maps.Count > Most ? $" and {(file.Maps.Count - Most).Text()} more" : "";
        return string.Join(", ", file.Maps.Take(Most).Select(static m => $"'{m.Name}'")) + more;
    }

    /// <summary>Finds the name that is most similar to a wrong one; <see langword="null"/> if none is similar.</summary>
    public static string? Nearest(string name, IEnumerable<string> names)
    {
        string plain = Plain(name);
        int most = Math.Max(1, plain.Length / 4);
        return names
            .Where(candidate => Math.Abs(Plain(candidate).Length - plain.Length) <= most)
            .Select(candidate => (Name: candidate, Distance: Distance(plain, Plain(candidate))))
            .Where(c => c.Distance <= most)
            .OrderBy(static c => c.Distance)
            .ThenBy(static c => c.Name, StringComparer.Ordinal)
            .Select(static c => c.Name)
            .FirstOrDefault();
    }

    /// <summary>
    /// Finds the object file that is most similar to a wrong name, comparing first parts if necessary (<c>flow.o</c> and
    /// <c>flow.bpf.o</c>).
    /// </summary>
    public static string? NearestFile(string path, IEnumerable<string> names)
    {
        string[] known = [.. names.Distinct()];
        string name = ObjectFileNames.FileName(path);
        return Nearest(name, known) ?? (Nearest(Stem(name), known.Select(Stem)) is { } stem ? known.First(n => Stem(n) == stem) : null);
    }

    /// <summary>Gets the part of a message that suggests a name.</summary>
    public static string Instead(string? nearest) => nearest is null ? "" : $"write '{nearest}' if you mean that one, or ";

    private static string Stem(string file) => file.IndexOf('.') is > 0 and var dot ? file.Substring(0, dot) : file;

    private static string Plain(string name) => name.Replace("_", "").ToLowerInvariant();

    /// <summary>Gets the Levenshtein distance: the number of letters to insert, remove or change.</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[right.Length];
    }
}
