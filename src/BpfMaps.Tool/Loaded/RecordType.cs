using BpfMaps.Metadata;

namespace BpfMaps.Tool.Loaded;

/// <summary>Finds the type of the records of a ring, which the kernel does not keep with the ring.</summary>
internal static class RecordType
{
    /// <summary>Gets the type with a name.</summary>
    /// <param name="map">The ring. The programs that use it are searched.</param>
    /// <param name="name">The name; <see langword="null"/> for the type that the map itself has.</param>
    /// <param name="objectFile">An object that is searched instead; <see langword="null"/> if there is none.</param>
    /// <returns><see langword="null"/> if no name is given and the map has no type.</returns>
    /// <exception cref="KeyNotFoundException">There is no type with the name.</exception>
    public static BpfTypeLayout? Find(RawMap map, string? name, string? objectFile)
    {
        if (name is null)
            return MapBtf.TryGetLayouts(map, out _, out BpfTypeLayout? value) ? value : null;
        string plain = name[(name.LastIndexOf(' ') + 1)..];
        IEnumerable<Btf> searched = objectFile is null ? OfMap(map) : [OfObject(objectFile)];
        foreach (Btf btf in searched)
        {
            if (TryFind(btf, plain) is { } layout)
                return layout;
        }
        throw new KeyNotFoundException(
            objectFile is null
                ? $"no program that uses map {map} has a type '{name}' in its BTF; name its object with --object"
                : $"'{objectFile}' has no type '{name}'"
        );
    }

    private static IEnumerable<Btf> OfMap(RawMap map)
    {
        IEnumerable<uint> ids = BpfProgram
            .EnumerateLoaded()
            .Where(program => program.MapIds.Contains(map.Info.Id))
            .Select(static program => program.BtfId)
            .Prepend(map.Info.BtfId);
        foreach (uint id in ids.Where(static id => id != 0).Distinct())
        {
            if (MapBtf.TryRead(map.Host, id, out Btf? btf))
                yield return btf;
        }
    }

    private static Btf OfObject(string path) =>
        BpfObjectFile.Open(path).Btf ?? throw new InvalidDataException($"'{path}' has no types (BTF); compile it with -g");

    private static BpfTypeLayout? TryFind(Btf btf, string name)
    {
        for (uint id = 1; id < (uint)btf.Count; id++)
        {
            BtfType type = btf[id];
            if (
                type.Name == name
                && type.Kind is BtfKind.Struct or BtfKind.Union or BtfKind.Typedef or BtfKind.Int or BtfKind.Enum
                && btf.TryGetLayout(id, out BpfTypeLayout? layout, out _)
            )
                return layout;
        }
        return null;
    }
}
