using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Comparison;

/// <summary>Finds enumerations of an object whose constants may be wrong.</summary>
internal static class TruncatedEnums
{
    /// <summary>Gets the enumerations that the given types contain, each once.</summary>
    public static IEnumerable<LayoutType> In(IReadOnlyDictionary<string, LayoutType> types, IEnumerable<string> elements)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Stack<string> rest = new(elements);
        while (rest.Count > 0)
        {
            string element = rest.Pop();
            if (!types.TryGetValue(element, out LayoutType? type) || !seen.Add(element))
                continue;
            if (type.Remark is not null)
                yield return type;
            foreach (LayoutField field in type.Fields)
                rest.Push(field.Type.Element);
        }
    }

    /// <summary>Gets the types of a map and of its inner maps.</summary>
    public static IEnumerable<string> ElementsOf(LayoutMap map)
    {
        for (LayoutMap? at = map; at is not null; at = at.Inner)
        {
            if (at.Key is { } key)
                yield return key.Element;
            if (at.Value is { } value)
                yield return value.Element;
        }
    }
}
