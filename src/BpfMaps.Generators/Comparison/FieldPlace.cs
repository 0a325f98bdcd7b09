using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Comparison;

/// <summary>Finds the symbols of the fields that a path names, for layouts hold none.</summary>
internal static class FieldPlace
{
    /// <summary>The fields from the outermost type inwards, as far as there are symbols for them: the inside of the runtime's own types has none.</summary>
    public static List<IFieldSymbol> Fields(ITypeSymbol type, string path)
    {
        List<IFieldSymbol> fields = [];
        foreach (string part in path.Length == 0 ? [] : path.Split('.'))
        {
            int bracket = part.IndexOf('[');
            string name = bracket < 0 ? part : part.Substring(0, bracket);
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

    /// <summary>What an inline array, perhaps of inline arrays, holds.</summary>
    private static ITypeSymbol ElementOf(ITypeSymbol type)
    {
        while (type is INamedTypeSymbol { TypeKind: TypeKind.Struct } named && StructLayoutInfo.Read(named) is { InlineLength: > 0 } info)
            type = info.Fields[0].Type;
        return type;
    }
}
