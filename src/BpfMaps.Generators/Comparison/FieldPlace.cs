using System.Globalization;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Comparison;

/// <summary>Finds the symbols of the fields that a path names, for layouts hold none.</summary>
internal static class FieldPlace
{
    /// <summary>The fields on the way to where the sides part, the most telling one first.</summary>
    /// <remarks>A field of a wrong type is the innermost. One at a wrong place is the outermost that begins there: what is inside of it only moved with it.</remarks>
    public static List<IFieldSymbol> Find(ITypeSymbol type, TypeLayout layout, LayoutDifference difference)
    {
        if (difference.Mine is not { } leaf)
            return [];
        List<IFieldSymbol> fields = Fields(type, leaf.Path);
        if (difference.Kind is LayoutDifferenceKind.Offset or LayoutDifferenceKind.Missing)
            fields = [.. fields.Take(DepthOfFirstAt(layout, leaf))];
        fields.Reverse();
        return fields;
    }

    /// <summary>The fields from the outermost type inwards, as far as there are symbols for them: the inside of the runtime's own types has none.</summary>
    private static List<IFieldSymbol> Fields(ITypeSymbol type, string path)
    {
        List<IFieldSymbol> fields = [];
        foreach ((string name, _) in Parts(path))
        {
            if (ElementOf(type) is not INamedTypeSymbol { TypeKind: TypeKind.Struct } container
                || StructLayoutInfo.Read(container).Fields.FirstOrDefault(f => LayoutParser.NameOf(f) == name) is not { } field)
            {
                break;
            }
            fields.Add(field);
            type = field.Type;
        }
        return fields;
    }

    /// <summary>How many names of a leaf's path lead to the outermost field that begins where the leaf does.</summary>
    private static int DepthOfFirstAt(TypeLayout type, LayoutLeaf leaf)
    {
        int offset = 0, depth = 0;
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

    /// <summary>The names of a path with the indices behind them: 0 where there is none.</summary>
    private static IEnumerable<(string Name, int Index)> Parts(string path)
    {
        foreach (string part in path.Length == 0 ? [] : path.Split('.'))
        {
            int bracket = part.IndexOf('[');
            yield return bracket < 0
                ? (part, 0)
                : (part.Substring(0, bracket), int.Parse(part.Substring(bracket + 1, part.Length - bracket - 2), CultureInfo.InvariantCulture));
        }
    }

    /// <summary>What an inline array, perhaps of inline arrays, holds.</summary>
    private static ITypeSymbol ElementOf(ITypeSymbol type)
    {
        while (type is INamedTypeSymbol { TypeKind: TypeKind.Struct } named && StructLayoutInfo.Read(named) is { InlineLength: > 0 } info)
            type = info.Fields[0].Type;
        return type;
    }
}
