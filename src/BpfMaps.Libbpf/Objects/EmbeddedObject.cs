using System.Reflection;

namespace BpfMaps;

/// <summary>Reads objects that the build made resources of an assembly.</summary>
/// <remarks>The name of the resource is the path that the object would have in the output folder.</remarks>
internal static class EmbeddedObject
{
    /// <param name="assembly">The assembly.</param>
    /// <param name="path">The path of the object. Its folders need not be those of the resource if the file name is unique.</param>
    /// <exception cref="FileNotFoundException">The assembly has no such resource.</exception>
    public static byte[] Read(Assembly assembly, string path)
    {
        string[] names = assembly.GetManifestResourceNames();
        using Stream stream = assembly.GetManifestResourceStream(Find(names, path) ?? throw NotFound(assembly, path, names))!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string? Find(string[] names, string path)
    {
        string file = FileName(path);
        string[] named = [.. names.Where(name => FileName(name) == file)];
        return named.FirstOrDefault(name => name == path)
            ?? named.FirstOrDefault(name => name.EndsWith("/" + path, StringComparison.Ordinal))
            ?? named.FirstOrDefault(name => name == file)
            ?? (named.Length == 1 ? named[0] : null);
    }

    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    private static FileNotFoundException NotFound(Assembly assembly, string path, string[] names)
    {
        string list = string.Join(", ", names.Where(static name => name.EndsWith(".o", StringComparison.Ordinal)));
        return new FileNotFoundException(
            $"The assembly '{assembly.GetName().Name}' has no embedded BPF object '{path}'; it has {(list.Length == 0 ? "none" : list)}. "
                + "Set Embed=\"true\" on its item BpfProgram or BpfObject.",
            path
        );
    }
}
