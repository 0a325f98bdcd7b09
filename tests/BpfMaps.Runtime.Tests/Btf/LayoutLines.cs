using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Formats a layout with all nested fields, one per line, to compare whole layouts in tests.</summary>
internal static class LayoutLines
{
    public static IEnumerable<string> Of(BpfTypeLayout type, string indent = "")
    {
        yield return $"{indent}{type.Kind} {type.ShortName} size {type.Size} alignment {type.Alignment}";
        foreach (BpfFieldLayout field in type.Fields)
        {
            yield return $"{indent}  {field.Offset}.{field.BitOffset}:{field.BitSize} '{field.Name}' [{field.Count}]";
            foreach (string line in Of(field.Type, indent + "    "))
                yield return line;
        }
    }
}
