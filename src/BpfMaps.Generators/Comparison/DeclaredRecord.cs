using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Parsing;

namespace BpfMaps.Generators.Comparison;

/// <summary>The type of a stream's records that a declaration names, because the map's definition does not.</summary>
internal static class DeclaredRecord
{
    /// <summary>The map as if its definition named the type; <see langword="null"/> if the declaration names none, or one that the object does not have.</summary>
    public static ObjectMap? Of(MapDeclaration declaration, ObjectMap found)
    {
        if (!declaration.Kind.IsStream || declaration.Attribute.Record is not { Length: > 0 } name || found.Object.File is not { } file)
            return null;
        return name != LayoutTypeNames.All && LayoutTypeNames.Find(file, name).FirstOrDefault() is { } type
            ? found with { Map = found.Map with { Value = new LayoutTypeUse(type.Token, 0), ValueSize = type.Size } }
            : null;
    }
}
