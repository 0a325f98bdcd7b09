namespace BpfMaps.Metadata;

/// <summary>The leaves of a type, up to a limit, because the BTF of a map can describe types with billions of elements.</summary>
internal sealed class LeafList
{
    /// <summary>
    /// A type with more leaves is an array of structs, and its later elements repeat the first ones.
    /// </summary>
    private const int Most = 1 << 14;

    private readonly List<LayoutLeaf> _leaves = [];

    private LeafList() { }

    /// <summary>Gets or sets the offset from which leaves may be missing.</summary>
    public int Limit { get; private set; } = int.MaxValue;

    public static LeafList Of(BpfTypeLayout type)
    {
        LeafList leaves = new();
        leaves.Add("", 0, type, 1);
        return leaves;
    }

    /// <summary>The collected leaves, ordered by offset; at the same offset, in the order of the fields.</summary>
    public List<LayoutLeaf> Before(int limit) => [.. _leaves.Where(leaf => leaf.Offset < limit).OrderBy(static leaf => leaf.Offset)];

    private void Add(string path, int offset, BpfTypeLayout type, int count)
    {
        if (type.LeafCount == 0)
            return; // An empty struct or union, or an array of them, holds no data.
        if (_leaves.Count >= Most)
        {
            Limit = Math.Min(Limit, offset);
            return;
        }
        if (type.Kind != BpfTypeKind.Struct)
        {
            _leaves.Add(new(path.Length == 0 ? type.DisplayName : path, offset, type.Kind, type.Size, count, type.ShortName));
            return;
        }
        for (int element = 0; element < count; element++)
        {
            if (_leaves.Count >= Most)
            {
                Limit = Math.Min(Limit, offset + element * type.Size);
                return;
            }
            AddFields(count == 1 ? path : $"{path}[{element}]", offset + element * type.Size, type);
        }
    }

    private void AddFields(string prefix, int start, BpfTypeLayout type)
    {
        for (int index = 0; index < type.Fields.Count; )
        {
            BpfFieldLayout field = type.Fields[index];
            if (field.BitSize != 0)
            {
                BitfieldRun run = BitfieldRun.Take(type.Fields.Count, type.Size, i => PlaceOf(type.Fields[i]), ref index);
                _leaves.Add(new(Join(prefix, run.Path), start + run.Offset, BpfTypeKind.Union, run.End - run.Offset, 1, LayoutLeaf.Bits));
                continue;
            }
            Add(Join(prefix, field.Name), start + field.Offset, field.Type, Math.Max(field.Count, 1));
            index++;
        }
    }

    private static FieldPlace PlaceOf(BpfFieldLayout field) =>
        new(field.Name, field.Offset, field.Offset + field.Size, field.Type.Size, field.BitOffset, field.BitSize);

    private static string Join(string prefix, string name) => prefix.Length == 0 || name.Length == 0 ? prefix + name : $"{prefix}.{name}";
}
