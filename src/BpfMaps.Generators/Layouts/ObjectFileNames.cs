namespace BpfMaps.Generators.Layouts;

/// <summary>Matches names of objects with <c>.layout</c> files.</summary>
/// <remarks>
/// The build writes layout files to a separate folder, so the folders in a name may differ from those of the layout file. They are compared
/// only if several objects have the same file name.
/// </remarks>
internal static class ObjectFileNames
{
    public const string Ending = ".layout";

    private const string ObjectEnding = ".o";

    public static bool IsLayout(string path) => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Finds the layout file of an object: <c>x.bpf.layout</c> for <c>x.bpf.o</c>. Returns <see langword="null"/> if none or several match.
    /// </summary>
    public static T? Find<T>(IEnumerable<T> files, Func<T, string> pathOf, string objectPath)
        where T : class => FindAll(files, pathOf, objectPath) is { Count: 1 } found ? found[0] : null;

    /// <summary>Finds the layout files of all objects that a name matches, in the order of their paths.</summary>
    public static List<T> FindAll<T>(IEnumerable<T> files, Func<T, string> pathOf, string objectPath)
    {
        List<T> named = [.. files.Where(file => ObjectOf(pathOf(file)) == FileName(objectPath)).OrderBy(pathOf, StringComparer.Ordinal)];
        if (named.Count < 2)
            return named;
        string ending = "/" + string.Join("/", Segments(objectPath));
        List<T> placed = [.. named.Where(file => PathOf(pathOf(file)).EndsWith(ending, StringComparison.Ordinal))];
        return placed.Count == 0 ? named : placed;
    }

    /// <summary>Gets the shortest distinct names of objects with the same file name: <c>ingress/filter.bpf.o</c>.</summary>
    public static IEnumerable<string> ShortestNames(IReadOnlyList<string> layoutPaths)
    {
        List<string[]> paths = [.. layoutPaths.Select(static path => Segments(PathOf(path)))];
        foreach (string[] path in paths)
        {
            int length = 1;
            while (length < path.Length && paths.Count(other => Tail(other, length) == Tail(path, length)) > 1)
                length++;
            yield return Tail(path, length);
        }
    }

    /// <summary>
    /// Gets the path of the object relative to the application: the declared path, if it is inside the application folder.
    /// </summary>
    public static string PlaceOf(string objectPath)
    {
        string path = objectPath.Replace('\\', '/');
        bool isInside = path.Length != 0 && path[0] != '/' && path.IndexOf(':') < 0 && !path.Split('/').Contains("..");
        return isInside ? string.Join("/", Segments(path)) : FileName(path);
    }

    /// <summary>Gets the object file that a layout file describes.</summary>
    public static string ObjectOf(string layoutPath) => FileName(PathOf(layoutPath));

    private static string PathOf(string layoutPath)
    {
        string path = layoutPath.Substring(0, layoutPath.Length - Ending.Length).Replace('\\', '/');
        return path.EndsWith(ObjectEnding, StringComparison.Ordinal) ? path : path + ObjectEnding;
    }

    private static string Tail(string[] path, int length) => string.Join("/", path.Skip(path.Length - length));

    private static string[] Segments(string path) =>
        [.. path.Replace('\\', '/').Split('/').Where(static segment => segment is not ("" or "." or ".."))];

    public static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}
