using System.Globalization;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Comparison;

/// <summary>Finds the symbols of the fields of a path. Layouts do not contain symbols.</summary>
internal static class FieldPlace
{
    /// <summary>Finds the fields on the path to a difference, the most relevant first.</summary>
    /// <remarks>
    /// For a wrong type, this is the innermost field. For a wrong offset, it is the outermost field that begins there: fields inside it
    /// only moved with it.
    /// </remarks>
    public static List<IFieldSymbol> Find(ITypeSymbol type, TypeLayout layout, LeafDifference difference)
    {
        if (difference.Mine is not { } leaf)
            return [];
        List<IFieldSymbol> fields = Fields(type, leaf.Path);
        if (difference.Kind is LayoutDifferenceKind.Offset or LayoutDifferenceKind.Missing)
            fields = [.. fields.Take(DepthOfFirstAt(layout, leaf))];
        fields.Reverse();
        return fields;
    }

    /// <summary>
    /// Gets the fields from the outermost type inwards, as far as they have symbols. Types of the runtime library have none.
    /// </summary>
    private static List<IFieldSymbol> Fields(ITypeSymbol type, string path)
    {
        List<IFieldSymbol> fields = [];
        foreach ((string name, _) in Parts(path))
        {
            if (
                ElementOf(type) is not INamedTypeSymbol { TypeKind: TypeKind.Struct } container
                || StructLayoutInfo.Read(container).Fields.FirstOrDefault(f => LayoutParser.NameOf(f) == name) is not { } field
            )
            {
                break;
            }
            fields.Add(field);
            type = field.Type;
        }
        return fields;
    }

    /// <summary>Gets the depth of the outermost field that begins at the offset of the leaf.</summary>
    private static int DepthOfFirstAt(TypeLayout type, LayoutLeaf leaf)
    {
        int offset = 0,
            depth = 0;
        foreach ((string name, int index) in Parts(leaf.Path))
        {
            FieldLayout field = type.Fields.First(f => f.Name == name);
            offset += field.Offset + (index * field.Type.Size);
            depth++;
            if (offset == leaf.Offset)
                break;
            type = field.Type;
        }
        return depth;
    }

    /// <summary>Splits a path into names and indices; names without an index have index 0.</summary>
    private static IEnumerable<(string Name, int Index)> Parts(string path)
    {
        foreach (string part in path.Length == 0 ? [] : path.Split('.'))
        {
            int bracket = part.IndexOf('[');
            yield return bracket < 0
                ? (part, 0)
                : (
                    part.Substring(0, bracket),
                    int.Parse(part.Substring(bracket + 1, part.Length - bracket - 2), CultureInfo.InvariantCulture)
                );
        }
    }

    /// <summary>Gets the element type of an inline array, which may be nested.</summary>
    private static ITypeSymbol ElementOf(ITypeSymbol type)
    {
        while (type is INamedTypeSymbol { TypeKind: TypeKind.Struct } named && StructLayoutInfo.Read(named) is { InlineLength: > 0 } info)
            type = info.Fields[0].Type;
        return type;
    }
}
