using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Layouts;

/// <summary>
/// Finds types of an object by the names that users write: <c>event</c>, <c>struct event</c>, a constant of an enumeration, or <c>*</c>.
/// </summary>
internal static class LayoutTypeFinder
{
    /// <summary>The name that matches all types.</summary>
    public const string All = "*";

    /// <returns>The matching types, in the order of the file.</returns>
    public static IEnumerable<LayoutType> Find(LayoutFile file, string name)
    {
        if (name == All)
            return file.Types;
        string? keyword = name.IndexOf(' ') is > 0 and var space ? name.Substring(0, space) : null;
        string plain = name.Substring(name.LastIndexOf(' ') + 1);
        LayoutType? type =
            file.Types.FirstOrDefault(t =>
                t.Name == plain && (keyword is null || t.Token.StartsWith(keyword + ":", StringComparison.Ordinal))
            ) ?? file.Types.FirstOrDefault(t => keyword is null && t.Constants.Any(c => c.Name == plain));
        return type is null ? [] : [type];
    }

    /// <summary>Lists the types of an object, for a message about an unknown type.</summary>
    public static string Hint(LayoutFile file, string name)
    {
        const int most = 12;
        List<string> names = [.. file.Types.Where(static t => t.Name.IndexOfAny(['.', '@']) < 0).Select(static t => t.Name)];
        string plain = name.Substring(name.LastIndexOf(' ') + 1);
        string list =
            names.Count == 0
                ? "no named types"
                : string.Join(", ", names.Take(most).Select(static n => $"'{n}'"))
                    + (names.Count > most ? $" and {(names.Count - most).Text()} more" : "");
        string? near = NameHints.Nearest(plain, names);
        string more = file.Unlisted == 0 ? "" : $"; its .layout file omits {file.Unlisted.Text()} more types";
        return near is null ? $"it has {list}{more}" : $"did you mean '{near}'? It has {list}{more}";
    }
}
