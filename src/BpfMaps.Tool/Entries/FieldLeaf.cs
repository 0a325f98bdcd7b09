using System.Globalization;
using BpfMaps.Metadata;
using BpfMaps.Tool.Fields;

namespace BpfMaps.Tool.Entries;

/// <summary>A field without fields: a number, a text, an address, or an element of an array of them.</summary>
/// <param name="Field">The field.</param>
/// <param name="Offset">Its offset in the key or value in bytes.</param>
/// <param name="Path">Its name: <c>place.x</c>, <c>slots[3]</c>; empty for a value that is one number.</param>
internal sealed record FieldLeaf(TypedField Field, int Offset, string Path)
{
    // Of large arrays, no more elements than these are shown.
    private const int Most = 4096;

    /// <summary>Gets whether differences and rates of the field make sense.</summary>
    public bool IsNumber =>
        Field.Form is FieldForm.Number or FieldForm.BigEndian or FieldForm.Float && Field.Type!.Kind != BpfTypeKind.Char;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> whole) => whole.Slice(Offset, Field.Size);

    public double Number(ReadOnlySpan<byte> whole) =>
        Field.Form == FieldForm.Float ? Scalars.ReadFloat(Field, In(whole)) : (double)Scalars.ReadInteger(Field, In(whole));

    /// <summary>Gets the leaves of a key or value. Of a union, they are those of its first member.</summary>
    public static FieldLeaf[] Of(TypedField whole)
    {
        List<FieldLeaf> leaves = [];
        Add(whole, 0, "", leaves);
        return [.. leaves];
    }

    private static void Add(TypedField field, int offset, string path, List<FieldLeaf> leaves)
    {
        if (leaves.Count >= Most || field.IsPadding)
            return;
        switch (field.Form)
        {
            case FieldForm.Fields when field.Fields.Count != 0:
                foreach (TypedField part in field.Type!.Kind == BpfTypeKind.Union ? field.Fields.Take(1) : field.Fields)
                    Add(part, offset + part.Offset, part.IsAnonymous ? path : $"{path}{(path.Length == 0 ? "" : ".")}{part.Name}", leaves);
                break;
            case FieldForm.Elements when field.Element.Size != 0:
                for (int index = 0; index < field.Count; index++)
                    Add(
                        field.Element,
                        offset + (index * field.Element.Size),
                        string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"),
                        leaves
                    );
                break;
            default:
                leaves.Add(new(field, offset, path));
                break;
        }
    }
}
