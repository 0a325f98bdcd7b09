using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Objects;

/// <summary>A struct or a union that gets a C# struct.</summary>
/// <param name="Pack">The packing that is needed so that arrays of the struct have no gaps; 0 for the default.</param>
/// <param name="Omitted">A sentence for each field that C# cannot have.</param>
/// <param name="Bytes">The type of the private field of a struct without members; <see langword="null"/> for other structs.</param>
internal sealed record StructPlan(
    string Name,
    LayoutType Layout,
    int Pack,
    IReadOnlyList<MemberPlan> Members,
    IReadOnlyList<StoragePlan> Storage,
    IReadOnlyList<string> Omitted,
    string? Bytes = null
);
