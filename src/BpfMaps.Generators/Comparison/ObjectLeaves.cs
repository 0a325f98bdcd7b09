using BpfMaps.Generators.Layouts;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Comparison;

/// <summary>The leaves of a type in a BPF object.</summary>
internal sealed class ObjectLeaves
{
    private readonly LeafCollector _leaves;
    private readonly IReadOnlyDictionary<string, LayoutType> _types;
    private readonly Dictionary<string, bool> _hollow = new(StringComparer.Ordinal);

    private ObjectLeaves(IReadOnlyDictionary<string, LayoutType> types, int size)
    {
        _types = types;
        _leaves = new(size);
    }

    public static LeafCollector Of(IReadOnlyDictionary<string, LayoutType> types, LayoutTypeUse type)
    {
        ObjectLeaves leaves = new(types, SizeOf(types, type));
        leaves.Add("", 0, type);
        return leaves._leaves;
    }

    /// <summary>Gets the leaves of a section, whose variables are its fields.</summary>
    public static LeafCollector Of(IReadOnlyDictionary<string, LayoutType> types, LayoutSection section)
    {
        ObjectLeaves leaves = new(types, section.Size);
        foreach (LayoutVariable variable in section.Variables)
            leaves.Add(variable.Name, variable.Offset, variable.Type);
        return leaves._leaves;
    }

    /// <summary>Gets the C name of the element type.</summary>
    public static string TextOf(IReadOnlyDictionary<string, LayoutType> types, LayoutTypeUse type)
    {
        if (!types.TryGetValue(type.Element, out LayoutType? known))
            return type.CName ?? type.Element;
        string keyword = known.Kind switch
        {
            BpfTypeKind.Struct => "struct",
            BpfTypeKind.Union => "union",
            _ => "enum",
        };
        // An anonymous type is named by its place, which contains characters that C names cannot have.
        return known.Name.IndexOfAny(['.', '@']) < 0 ? $"{keyword} {known.Name}" : keyword;
    }

    private void Add(string path, int offset, LayoutTypeUse type)
    {
        int count = Math.Max(type.Count, 1);
        if (IsHollow(type))
            return; // An empty struct or union, or an array of them, holds no data.
        string text = TextOf(_types, type);
        if (!_types.TryGetValue(type.Element, out LayoutType? known))
            _leaves.Add(new(path, offset, KindOf(type.Element), LayoutNumbers.SizeOf(type.Element), count, text));
        else if (known.Kind == BpfTypeKind.Union)
            AddUnion(new(path, offset, known.Kind, known.Size, count, text), type);
        else if (known.Kind != BpfTypeKind.Struct)
            _leaves.Add(new(path, offset, known.Kind, known.Size, count, text));
        else
            _leaves.Elements(path, offset, known.Size, count, (prefix, start) => AddFields(prefix, start, known));
    }

    private void AddFields(string prefix, int start, LayoutType type)
    {
        for (int index = 0; index < type.Fields.Count; )
        {
            LayoutField field = type.Fields[index];
            if (field.BitSize != 0)
            {
                int first = index;
                BitfieldRun run = BitfieldRun.Take(type.Fields.Count, type.Size, i => type.Fields[i].PlaceWith(SizeOfElement), ref index);
                _leaves.AddOpaque(
                    new(
                        LeafCollector.Join(prefix, run.Path),
                        start + run.Offset,
                        BpfTypeKind.Union,
                        run.End - run.Offset,
                        1,
                        LayoutLeaf.Bits
                    )
                );
                for (; first < index; first++)
                    CoverField(start, type.Fields[first]);
                continue;
            }
            Add(LeafCollector.Join(prefix, field.Name), start + field.Offset, field.Type);
            index++;
        }
    }

    private static BpfTypeKind KindOf(string number) =>
        number switch
        {
            "char" => BpfTypeKind.Char,
            LayoutNumbers.Opaque => BpfTypeKind.Union,
            _ when number[0] == 'f' => BpfTypeKind.Float,
            _ when number[0] == 's' => BpfTypeKind.Signed,
            _ => BpfTypeKind.Unsigned,
        };

    private void AddUnion(LayoutLeaf leaf, LayoutTypeUse type)
    {
        _leaves.AddOpaque(leaf);
        Cover(leaf.Offset, type);
    }

    /// <summary>Records the bytes that the fields of a type cover, including those of all union members.</summary>
    private void Cover(int offset, LayoutTypeUse type)
    {
        if (IsHollow(type))
            return;
        if (!_types.TryGetValue(type.Element, out LayoutType? known) || known.Fields.Count == 0)
        {
            _leaves.Cover(offset, SizeOf(_types, type));
            return;
        }
        _leaves.Elements(
            "",
            offset,
            known.Size,
            Math.Max(type.Count, 1),
            (_, start) =>
            {
                foreach (LayoutField field in known.Fields)
                    CoverField(start, field);
            }
        );
    }

    private void CoverField(int start, LayoutField field)
    {
        if (field.BitSize == 0)
            Cover(start + field.Offset, field.Type);
        else
            _leaves.Cover(start + field.Offset, (field.BitOffset + field.BitSize + 7) / 8);
    }

    /// <summary>Gets whether a type has no leaves.</summary>
    private bool IsHollow(LayoutTypeUse use)
    {
        if (!_types.TryGetValue(use.Element, out LayoutType? type))
            return false;
        if (type.Size == 0)
            return true;
        if (type.Kind != BpfTypeKind.Struct)
            return false;
        if (!_hollow.TryGetValue(type.Token, out bool isHollow))
            _hollow[type.Token] = isHollow = type.Fields.All(f => IsHollow(f.Type));
        return isHollow;
    }

    private int SizeOfElement(LayoutTypeUse type) => SizeOf(_types, type with { Count = 0 });

    private static int SizeOf(IReadOnlyDictionary<string, LayoutType> types, LayoutTypeUse type) =>
        (types.TryGetValue(type.Element, out LayoutType? known) ? known.Size : LayoutNumbers.SizeOf(type.Element))
        * Math.Max(type.Count, 1);
}
