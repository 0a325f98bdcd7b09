namespace BpfMaps.Generators.Objects;

/// <summary>Which <c>.layout</c> file describes which object.</summary>
/// <remarks>The build puts layouts into its own folder, so the folders in a name are those of the object and not of its layout: only the file's name counts.</remarks>
internal static class ObjectFiles
{
    private const string Ending = ".layout";
    private const string ObjectEnding = ".o";

    public static bool IsLayout(string path) => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether two names mean one object.</summary>
    public static bool AreSame(string left, string right) => FileName(left) == FileName(right);

    /// <summary>The file of an object: <c>x.bpf.layout</c> for <c>x.bpf.o</c>. Of several the first by its path.</summary>
    public static T? Find<T>(IEnumerable<T> files, Func<T, string> pathOf, string objectPath)
        where T : class => files.Where(file => AreSame(ObjectOf(pathOf(file)), objectPath)).OrderBy(pathOf, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>The object that a file describes.</summary>
    public static string ObjectOf(string layoutPath)
    {
        string name = FileName(layoutPath);
        name = name.Substring(0, name.Length - Ending.Length);
        return name.EndsWith(ObjectEnding, StringComparison.Ordinal) ? name : name + ObjectEnding;
    }

    public static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}
