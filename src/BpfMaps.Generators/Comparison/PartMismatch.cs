using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Comparison;

/// <summary>The differences between a declared key or value and that of the object's map.</summary>
/// <param name="ObjectSize">The size in bytes that the object's map has.</param>
/// <param name="First">The first difference; <see langword="null"/> if only the sizes differ, or the fields are unknown.</param>
/// <param name="Count">The number of different fields.</param>
/// <param name="Mine">The fields in C#, in order.</param>
/// <param name="Theirs">The fields of the object's type, in order; <see langword="null"/> if the object does not define them.</param>
internal sealed record PartMismatch(
    MapPart Part,
    TypeLayout Declared,
    ObjectMap Map,
    int ObjectSize,
    LeafDifference? First,
    int Count,
    IReadOnlyList<LayoutLeaf> Mine,
    IReadOnlyList<LayoutLeaf>? Theirs
);
