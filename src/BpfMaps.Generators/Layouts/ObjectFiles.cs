namespace BpfMaps.Generators.Layouts;

/// <summary>Which <c>.layout</c> file describes which object.</summary>
/// <remarks>
/// The build puts layouts into its own folder, so the folders in a name need not be those of the layout. They are compared only if several objects have the
/// same file name.
/// </remarks>
internal static class ObjectFiles
{
    public const string Ending = ".layout";

    private const string ObjectEnding = ".o";

    public static bool IsLayout(string path) => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>The file of an object: <c>x.bpf.layout</c> for <c>x.bpf.o</c>. <see langword="null"/> if there is none, or if the name fits several.</summary>
    public static T? Find<T>(IEnumerable<T> files, Func<T, string> pathOf, string objectPath)
        where T : class => FindAll(files, pathOf, objectPath) is { Count: 1 } found ? found[0] : null;

    /// <summary>The files of all objects that a name fits, in the order of their paths.</summary>
    public static List<T> FindAll<T>(IEnumerable<T> files, Func<T, string> pathOf, string objectPath)
    {
        List<T> named = [.. files.Where(file => ObjectOf(pathOf(file)) == FileName(objectPath)).OrderBy(pathOf, StringComparer.Ordinal)];
        if (named.Count < 2)
            return named;
        string ending = "/" + string.Join("/", Segments(objectPath));
        List<T> placed = [.. named.Where(file => PathOf(pathOf(file)).EndsWith(ending, StringComparison.Ordinal))];
        return placed.Count == 0 ? named : placed;
    }

    /// <summary>The shortest names that tell objects of one file name apart: <c>ingress/filter.bpf.o</c>.</summary>
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

    /// <summary>Where the object is beside the application: at the path that was declared, if that is one inside of the application's folder.</summary>
    public static string PlaceOf(string objectPath)
    {
        string path = objectPath.Replace('\\', '/');
        bool isInside = path.Length != 0 && path[0] != '/' && path.IndexOf(':') < 0 && !path.Split('/').Contains("..");
        return isInside ? string.Join("/", Segments(path)) : FileName(path);
    }

    /// <summary>The object that a file describes.</summary>
    public static string ObjectOf(string layoutPath) => FileName(PathOf(layoutPath));

    private static string PathOf(string layoutPath)
    {
        string path = layoutPath.Substring(0, layoutPath.Length - Ending.Length).Replace('\\', '/');
        return path.EndsWith(ObjectEnding, StringComparison.Ordinal) ? path : path + ObjectEnding;
    }

    private static string Tail(string[] path, int length) => string.Join("/", path.Skip(path.Length - length));

    private static string[] Segments(string path) => [.. path.Replace('\\', '/').Split('/').Where(static segment => segment is not ("" or "." or ".."))];

    public static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}
