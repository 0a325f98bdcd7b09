using BpfMaps.Generators.Model;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Comparison;

/// <summary>The leaves of a C# type.</summary>
internal static class DeclaredLeaves
{
    public static LeafCollector Of(TypeLayout type)
    {
        LeafCollector leaves = new(type.Size);
        Add(leaves, "", 0, type, 1);
        return leaves;
    }

    private static void Add(LeafCollector leaves, string path, int offset, TypeLayout type, int count)
    {
        if (type.Size == 0)
            return; // An empty type, which only a layout written by hand can have.
        if (type.Kind != BpfTypeKind.Struct)
        {
            leaves.Add(new(path, offset, type.Kind, type.Size, count, TextOf(type)));
            return;
        }
        leaves.Elements(
            path,
            offset,
            type.Size,
            count,
            (prefix, start) =>
            {
                foreach (FieldLayout field in type.Fields)
                    Add(leaves, LeafCollector.Join(prefix, field.Name), start + field.Offset, field.Type, Math.Max(field.Count, 1));
            }
        );
    }

    private static string TextOf(TypeLayout type) =>
        type.DisplayName.StartsWith("global::System.", StringComparison.Ordinal)
            ? type.DisplayName.Substring("global::System.".Length)
            : type.DisplayName;
}
