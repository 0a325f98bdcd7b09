using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Types;

/// <summary>A file with the types of maps: a compiled object, a <c>.layout</c> file, or an assembly.</summary>
internal sealed class TypeFile
{
    private readonly string _path;
    private readonly IReadOnlyList<DeclaredMap> _maps;
    private readonly Func<string, BpfTypeLayout?> _find;

    private TypeFile(string path, IEnumerable<DeclaredMap> maps, Func<string, BpfTypeLayout?> find)
    {
        _path = path;
        _maps = [.. maps];
        _find = find;
    }

    /// <summary>Opens a file, whose kind is in its first bytes.</summary>
    /// <exception cref="BpfFormatException">It is an object that cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is another file that cannot be read.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static TypeFile Open(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using (FileStream file = File.OpenRead(path))
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.StartsWith("\u007fELF"u8))
            return OfObject(path);
        return start.StartsWith("MZ"u8) ? OfAssembly(path) : OfLayout(path);
    }

    /// <summary>Finds the declaration of a loaded map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="name">The name in the file; <see langword="null"/> for that of the map.</param>
    /// <exception cref="KeyNotFoundException">The file has no map with the name.</exception>
    /// <exception cref="InvalidDataException">Its types are not known, or their sizes differ from those of the loaded map.</exception>
    public DeclaredMap Find(RawMap map, string? name)
    {
        DeclaredMap declared =
            _maps.FirstOrDefault(other => other.Name == (name ?? map.Info.Name))
            ?? _maps.FirstOrDefault(other => name is null && MapNames.InKernel(other.Name) == map.Info.Name)
            ?? throw new KeyNotFoundException(
                $"'{_path}' has no map '{name ?? map.Info.Name}'; "
                    + (
                        _maps.Count == 0
                            ? "it has no maps"
                            : $"name one of its maps with --as: {string.Join(", ", _maps.Select(static m => m.Name))}"
                    )
            );
        if (declared is { Key: null, Value: null })
            throw new InvalidDataException($"map '{declared.Name}' in '{_path}' has no types");
        Check(map, "keys", map.KeySize, declared.Key);
        // The values of streams are not their records.
        if (!MapTypeFacts.Of(map.Info.Type).IsStream)
            Check(map, "values", map.ValueSize, declared.Value);
        return declared;
    }

    /// <summary>Finds a type by its name.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such type.</exception>
    public BpfTypeLayout FindType(string name) => _find(name) ?? throw new KeyNotFoundException($"'{_path}' has no type '{name}'");

    private void Check(RawMap map, string what, int expected, BpfTypeLayout? found)
    {
        if (found is not null && found.Size != expected)
            throw new InvalidDataException(
                $"map {map} has {what} of {expected} bytes, but '{found.DisplayName}' in '{_path}' has {found.Size} bytes"
            );
    }

    private static TypeFile OfObject(string path)
    {
        BpfObjectFile file = BpfObjectFile.Open(path);
        return new(
            path,
            file.Maps.Select(static map => new DeclaredMap(map.Name, map.Key, map.Value)),
            name => NamedTypes.Find(file.Btf ?? throw new InvalidDataException($"'{path}' has no types (BTF); compile it with -g"), name)
        );
    }

    private static TypeFile OfLayout(string path)
    {
        LayoutFile file =
            LayoutFileParser.Parse(File.ReadAllText(path), out LayoutFileError? error)
            ?? throw new InvalidDataException(
                $"'{path}' is not an object, a .layout file or an assembly: {error!.Message} (line {error.Line})"
            );
        if (file.IsBigEndian == BitConverter.IsLittleEndian)
            throw new InvalidDataException(
                $"'{path}' describes an object for {(file.IsBigEndian ? "big" : "little")}-endian machines, which this one is not"
            );
        LayoutTypes types = new(file);
        return new(
            path,
            file.Maps.Select(map => new DeclaredMap(map.Name, types.Of(map.Key), types.Of(map.Value))),
            name => LayoutTypeFinder.Find(file, name).FirstOrDefault() is { } type ? types.Of(new(type.Token, 0)) : null
        );
    }

    private static TypeFile OfAssembly(string path)
    {
        DeclaredMap[] maps =
        [
            .. AssemblySchemas.Read(path).Select(static schema => new DeclaredMap(schema.Name, schema.Key, schema.Value)),
        ];
        return new(
            path,
            maps,
            name => maps.SelectMany(static map => new[] { map.Key, map.Value }).FirstOrDefault(type => type?.Name == name)
        );
    }
}
