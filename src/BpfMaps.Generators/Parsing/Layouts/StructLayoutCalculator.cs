using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Parsing;

/// <summary>Computes field offsets as CoreCLR does for structs without references (<c>EEClassLayoutInfo</c>).</summary>
internal static class StructLayoutCalculator
{
    /// <summary>The size limit of structs in CoreCLR (FIELD_OFFSET_LAST_REAL_OFFSET).</summary>
    public const int LargestSize = 0x07FFFFF0;

    /// <summary>The default packing; no type has a larger alignment.</summary>
    private const int DefaultPack = 32;

    /// <returns><see langword="null"/> if the struct is too large for the CLR.</returns>
    public static TypeLayout? Place(string name, string displayName, StructLayoutShape shape, IReadOnlyList<UnplacedField> unplaced)
    {
        int pack = shape.Pack == 0 ? DefaultPack : shape.Pack;
        int alignment = 1;
        long end = 0;
        List<FieldLayout> fields = new(unplaced.Count);
        foreach (UnplacedField field in unplaced)
        {
            int fieldAlignment = Math.Min(pack, field.Type.Alignment);
            long offset = shape.IsExplicit ? field.Offset ?? 0 : RoundUp(end, fieldAlignment);
            long fieldEnd = offset + ((long)field.Type.Size * (field.Count == 0 ? 1 : field.Count));
            if (fieldEnd > LargestSize)
                return null;
            alignment = Math.Max(alignment, fieldAlignment);
            end = Math.Max(end, fieldEnd);
            fields.Add(new(field.Name, (int)offset, field.Type, field.Count));
        }

        // A declared size can only enlarge the struct. The CLR does not round it up to the alignment.
        long size = shape.Size != 0 ? Math.Max(shape.Size, end) : RoundUp(end, alignment);
        size = Math.Max(size, 1);
        return size > LargestSize ? null : new(name, displayName, KindOf(fields), (int)size, alignment, fields.ToEquatableArray());
    }

    private static BpfTypeKind KindOf(List<FieldLayout> fields) =>
        fields.Count > 1 && fields.All(static f => f.Offset == 0) ? BpfTypeKind.Union : BpfTypeKind.Struct;

    private static long RoundUp(long value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
