using BpfMaps.Metadata;
using BpfMaps.Tool.Types;

namespace BpfMaps.Tool.Loaded;

/// <summary>Finds the type of the records of a ring, which the kernel does not keep with the ring.</summary>
internal static class RecordType
{
    /// <summary>Gets the type of the declaration, or else that of the map itself.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public static BpfTypeLayout? Of(RawMap map, DeclaredMap? declared) =>
        declared?.Value ?? (MapBtf.TryGetLayouts(map, out _, out BpfTypeLayout? value) ? value : null);

    /// <summary>Finds a type in the programs that use a map.</summary>
    /// <exception cref="KeyNotFoundException">There is no type with the name.</exception>
    public static BpfTypeLayout Find(RawMap map, string name)
    {
        IEnumerable<uint> ids = BpfProgram
            .EnumerateLoaded()
            .Where(program => program.MapIds.Contains(map.Info.Id))
            .Select(static program => program.BtfId)
            .Prepend(map.Info.BtfId);
        foreach (uint id in ids.Where(static id => id != 0).Distinct())
        {
            if (MapBtf.TryRead(map.Host, id, out Btf? btf) && NamedTypes.Find(btf, name) is { } layout)
                return layout;
        }
        throw new KeyNotFoundException(
            $"no program that uses map {map} has a type '{name}' in its BTF; name a file that has it with --types"
        );
    }
}
