using BpfMaps.Generators.Layouts;

namespace BpfMaps.Tool.Exporters;

/// <summary>Finds the fields of keys by offset and size.</summary>
internal sealed class KeyPlaces(LayoutFile layout)
{
    private readonly Dictionary<string, LayoutType> _types = layout.Types.ToDictionary(static t => t.Token, StringComparer.Ordinal);

    /// <param name="key">The key.</param>
    /// <param name="offset">The offset of the label.</param>
    /// <param name="size">Its size, which may include the padding after the field.</param>
    /// <returns><see langword="null"/> if these bytes are not one field with the padding after it.</returns>
    public KeyPlace? Find(LayoutTypeUse key, int offset, int size)
    {
        if (offset == 0 && size == SizeOf(key))
            return new(key, null, "");
        return key.Count == 0 && _types.TryGetValue(key.Element, out LayoutType? type) ? FindIn(type, type.Token, offset, size) : null;
    }

    public int SizeOf(LayoutTypeUse use) =>
        (_types.TryGetValue(use.Element, out LayoutType? type) ? type.Size : LayoutNumbers.SizeOf(use.Element)) * Math.Max(use.Count, 1);

    /// <param name="owner">The struct that the C# field is in: fields of anonymous members belong to the struct around them.</param>
    private KeyPlace? FindIn(LayoutType type, string owner, int offset, int size)
    {
        foreach (LayoutField field in type.Fields.Where(static f => f.BitSize == 0))
        {
            int fieldSize = SizeOf(field.Type);
            int next = type.Fields.Where(f => f.Offset > field.Offset).Select(static f => f.Offset).DefaultIfEmpty(type.Size).Min();
            if (field.Offset == offset && fieldSize <= size && offset + size <= next && field.Name.Length > 0)
                return new(field.Type, owner, field.Name);
            if (
                field.Type.Count == 0
                && offset >= field.Offset
                && offset + size <= next
                && _types.TryGetValue(field.Type.Element, out LayoutType? inner)
                && FindIn(inner, field.Name.Length == 0 ? owner : inner.Token, offset - field.Offset, size) is { } found
            )
                return found;
        }
        return null;
    }
}
