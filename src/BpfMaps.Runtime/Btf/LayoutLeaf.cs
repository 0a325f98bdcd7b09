namespace BpfMaps;

/// <summary>A field that has no fields of its own, with its place in the outermost type. Unions count as one, since either side may name their members otherwise.</summary>
/// <param name="Path">The names from the outermost type to the field: <c>Key.SourcePort</c>.</param>
/// <param name="Offset">Bytes from the start of the outermost type.</param>
/// <param name="Type">A scalar or a union.</param>
/// <param name="Count">Number of elements, 1 where it is no array.</param>
internal readonly record struct LayoutLeaf(string Path, int Offset, BpfTypeLayout Type, int Count) : ILayoutLeaf
{
    public int Size => Type.Size * Count;

    public int End => Offset + Size;

    public bool IsOpaque => Type.Kind == BpfTypeKind.Union;

    /// <summary>Whether it is an array of bytes, of whatever sign.</summary>
    public bool IsBytes => Count > 1 && Type.Size == 1;

    public string TypeText => Count == 1 ? Type.ShortName : $"{Type.ShortName}[{Count}]";

    /// <summary>All leaves of a type, in the order of their offsets; of several at one offset in that of the fields.</summary>
    public static List<LayoutLeaf> Of(BpfTypeLayout type)
    {
        List<LayoutLeaf> leaves = [];
        Add(leaves, "", 0, type, 1);
        return [.. leaves.OrderBy(static leaf => leaf.Offset)];
    }

    private static void Add(List<LayoutLeaf> leaves, string path, int offset, BpfTypeLayout type, int count)
    {
        if (type.Size == 0)
            return; // An empty struct or union, or an array of them, holds no data.
        if (type.Kind != BpfTypeKind.Struct)
        {
            leaves.Add(new(path.Length == 0 ? type.DisplayName : path, offset, type, count));
            return;
        }
        for (int element = 0; element < count; element++)
        {
            string prefix = count == 1 ? path : $"{path}[{element}]";
            int start = offset + element * type.Size;
            for (int index = 0; index < type.Fields.Count;)
            {
                BpfFieldLayout field = type.Fields[index];
                if (field.BitSize != 0)
                {
                    BitfieldRun run = BitfieldRun.Take(type, ref index);
                    leaves.Add(new(Join(prefix, run.Path), start + run.Offset, BpfTypeLayout.Union("bits", run.End - run.Offset, 1), 1));
                    continue;
                }
                Add(leaves, Join(prefix, field.Name), start + field.Offset, field.Type, Math.Max(field.Count, 1));
                index++;
            }
        }
    }

    private static string Join(string prefix, string name) => prefix.Length == 0 || name.Length == 0 ? prefix + name : $"{prefix}.{name}";
}
