using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Parsing;

namespace BpfMaps.Generators.Comparison;

/// <summary>The record type that a declaration of a stream names.</summary>
internal static class DeclaredRecord
{
    /// <summary>
    /// Gets the map with the record type as its value; <see langword="null"/> if the declaration names no type, or the object does not have
    /// it.
    /// </summary>
    public static ObjectMap? Of(MapDeclaration declaration, ObjectMap found)
    {
        if (!declaration.Kind.IsStream || declaration.Attribute.Record is not { Length: > 0 } name || found.Object.File is not { } file)
            return null;
        return name != LayoutTypeFinder.All && LayoutTypeFinder.Find(file, name).FirstOrDefault() is { } type
            ? found with
            {
                Map = found.Map with { Value = new LayoutTypeUse(type.Token, 0), ValueSize = type.Size },
            }
            : null;
    }
}
