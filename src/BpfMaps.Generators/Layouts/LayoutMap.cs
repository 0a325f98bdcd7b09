using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Layouts;

/// <summary>A map that the object defines.</summary>
/// <param name="Key">The type of the key; <see langword="null"/> if only the size is known.</param>
/// <param name="Pinning">0: none; 1: the loader pins the map by its name; other values belong to loaders other than libbpf.</param>
/// <param name="KeyProblem">The reason why the type of the key has no layout, if it has none.</param>
/// <param name="Inner">The definition of the inner maps of a map of maps.</param>
/// <param name="Refusals">The reasons why libbpf or the kernel rejects the map.</param>
internal sealed record LayoutMap(
    string Name,
    BpfMapType Type,
    LayoutTypeUse? Key,
    int KeySize,
    LayoutTypeUse? Value,
    int ValueSize,
    uint MaxEntries,
    BpfMapFlags Flags,
    uint Pinning,
    ulong MapExtra,
    uint? NumaNode,
    string? KeyProblem,
    string? ValueProblem,
    LayoutMap? Inner,
    EquatableArray<string> Refusals = default
);
