using System.Buffers;

namespace BpfMaps.Tool.Building;

/// <summary>Rejects items that cannot be passed to the compiler or copied to the application.</summary>
internal static class ItemCheck
{
    /// <summary>Characters that the compiler does not accept in file names.</summary>
    private static readonly SearchValues<char> s_refused = SearchValues.Create([
        .. "\"*?|<>",
        .. Enumerable.Range(0, ' ').Select(static code => (char)code),
    ]);

    /// <returns>The errors.</returns>
    public static IEnumerable<BuildMessage> Problems(BuildRequest request)
    {
        HashSet<string> made = [.. request.Sources.Select(static source => source.To)];
        foreach (BuildItem item in request.Sources.Concat(request.Objects.Where(described => !made.Contains(described.From))))
        {
            if (ProblemOf(request, item) is { } problem)
                yield return BuildMessage.Error(
                    BuildMessage.BadItem,
                    item.From,
                    $"'{request.NameOf(item.From)}' cannot be built: {problem}"
                );
        }
    }

    private static string? ProblemOf(BuildRequest request, BuildItem item)
    {
        if (!File.Exists(item.From))
            return "the file does not exist.";
        if (item.Place.AsSpan().IndexOfAny(s_refused) is >= 0 and var at)
            return $"its name has the character U+{(int)item.Place[at]:X4}, which cannot be passed to the compiler. Rename the file, or set Link to another name.";
        bool isInside =
            item.Place.Length != 0
            && Path.GetFullPath(item.Place, request.OutputFolder)
                .StartsWith(request.OutputFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isInside && !Path.IsPathRooted(item.Place)
            ? null
            : $"its Link '{item.Place}' is not inside the application folder. Set a relative path, such as ingress/filter.bpf.o.";
    }
}
