using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>The kind of a type in BTF: the <c>BpfTypeKind</c> of the runtime library.</summary>
internal enum TypeKindInBtf
{
    Unsigned,
    Signed,
    Float,
    Char,
    Enum,
    SignedEnum,
    Struct,
    Union,
}

/// <summary>The size, alignment and fields of a type as the CLR lays it out.</summary>
/// <remarks>Part of the pipeline's model: immutable, structurally equal, without Roslyn types.</remarks>
/// <param name="Name">The name in BTF.</param>
/// <param name="DisplayName">The name in messages.</param>
/// <param name="Known">The member of <c>BpfTypeLayout</c> that has this layout, if there is one.</param>
internal sealed record TypeLayout(
    string Name,
    string DisplayName,
    TypeKindInBtf Kind,
    int Size,
    int Alignment,
    EquatableArray<FieldLayout> Fields,
    string? Known = null)
{
    /// <summary>The number of leaf fields, including those of nested types. Arrays count as one element.</summary>
    public int FieldCount { get; } = Fields.Count == 0 ? 1 : (int)Math.Min(int.MaxValue, Fields.Sum(static f => (long)f.Type.FieldCount));

    public bool IsComposite => Kind is TypeKindInBtf.Struct or TypeKindInBtf.Union;
}

/// <summary>A field of a <see cref="TypeLayout"/>.</summary>
/// <param name="Count">0: not an array; n: an array of n elements of <paramref name="Type"/> (arrays of arrays are one flat array).</param>
/// <param name="BitOffset">For a bitfield, the number of bits before it in the byte at the offset.</param>
/// <param name="BitSize">The number of bits of a bitfield; 0 for other fields, including all C# fields.</param>
internal sealed record FieldLayout(string Name, int Offset, TypeLayout Type, int Count, int BitOffset = 0, int BitSize = 0)
{
    public int Size => BitSize > 0 ? (BitOffset + BitSize + 7) / 8 : Type.Size * (Count == 0 ? 1 : Count);

    public int End => Offset + Size;
}
