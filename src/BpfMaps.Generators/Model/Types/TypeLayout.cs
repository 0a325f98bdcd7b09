using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Model;

/// <summary>The size, alignment and fields of a type as the CLR lays it out.</summary>
/// <remarks>Part of the pipeline's model: immutable, structurally equal, without Roslyn types.</remarks>
/// <param name="Name">The name in BTF.</param>
/// <param name="DisplayName">The name in messages.</param>
/// <param name="Known">The member of <c>BpfTypeLayout</c> that has this layout, if there is one.</param>
internal sealed record TypeLayout(
    string Name,
    string DisplayName,
    BpfTypeKind Kind,
    int Size,
    int Alignment,
    EquatableArray<FieldLayout> Fields,
    string? Known = null
)
{
    /// <summary>The number of leaf fields, including those of nested types. Arrays count as one element.</summary>
    public int FieldCount { get; } = Fields.Count == 0 ? 1 : (int)Math.Min(int.MaxValue, Fields.Sum(static f => (long)f.Type.FieldCount));

    public bool IsComposite => Kind is BpfTypeKind.Struct or BpfTypeKind.Union;
}
