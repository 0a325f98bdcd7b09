using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>What a type is to BTF: the runtime's <c>BpfTypeKind</c>.</summary>
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

/// <summary>Size, alignment and fields of a type, as the CLR lays it out.</summary>
/// <remarks>Part of the pipeline's model: immutable, structurally equal, and without anything of Roslyn's inside.</remarks>
/// <param name="Name">The name that BTF gets.</param>
/// <param name="DisplayName">The name that messages show.</param>
/// <param name="Known">The member of <c>BpfTypeLayout</c> that holds this layout ready-made, if one does.</param>
internal sealed record TypeLayout(
    string Name,
    string DisplayName,
    TypeKindInBtf Kind,
    int Size,
    int Alignment,
    EquatableArray<FieldLayout> Fields,
    string? Known = null)
{
    /// <summary>The number of fields without fields of their own, counted wherever they are used; of an array, those of one element.</summary>
    public int FieldCount { get; } = Fields.Count == 0 ? 1 : (int)Math.Min(int.MaxValue, Fields.Sum(static f => (long)f.Type.FieldCount));

    public bool IsComposite => Kind is TypeKindInBtf.Struct or TypeKindInBtf.Union;
}

/// <summary>A field of a <see cref="TypeLayout"/>.</summary>
/// <param name="Count">0: not an array; n: an array of n elements of <paramref name="Type"/> (arrays of arrays are one flat array).</param>
/// <param name="BitOffset">Of a bitfield, how many bits of the byte at the offset stand before it.</param>
/// <param name="BitSize">The number of bits of a bitfield; 0 for any other field, and always for those of C#.</param>
internal sealed record FieldLayout(string Name, int Offset, TypeLayout Type, int Count, int BitOffset = 0, int BitSize = 0)
{
    public int Size => BitSize > 0 ? (BitOffset + BitSize + 7) / 8 : Type.Size * (Count == 0 ? 1 : Count);

    public int End => Offset + Size;
}
