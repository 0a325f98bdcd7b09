using System.Globalization;

namespace BpfMaps.Metadata;

/// <summary>
/// Assigns each type in a layout file the word that refers to it: <c>u32</c>, <c>char[16]</c>, <c>struct:flow_key</c>.
/// </summary>
/// <remarks>
/// An unnamed type is named after the place of its first use: <c>struct:event.range</c>. If different types have the same name, which is
/// possible in linked objects, the second is <c>struct:event~2</c>.
/// </remarks>
internal sealed class LayoutTypeTable
{
    /// <summary>Unnamed types are named after the types around them, which can be unnamed too; this limits the length.</summary>
    private const int LongestPlace = 200;

    private readonly Dictionary<BpfTypeLayout, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, BpfTypeLayout> _types = new(StringComparer.Ordinal);

    /// <summary>Gets the word for a key or a value. The layout of an array is in a struct without a name.</summary>
    /// <param name="type">The type.</param>
    /// <param name="place">What to call it if it has no name.</param>
    public string Token(BpfTypeLayout type, string place) =>
        type is { Kind: BpfTypeKind.Struct, Name: "", Fields: [{ Name: "", Count: > 0 } only] } ? Token(only, place) : TokenOf(type, place);

    /// <summary>Gets the word for the type of a field, with the number of elements of an array.</summary>
    public string Token(BpfFieldLayout field, string place) =>
        field.Count == 0
            ? TokenOf(field.Type, place)
            : TokenOf(field.Type, place) + "[" + field.Count.ToString(CultureInfo.InvariantCulture) + "]";

    /// <summary>Returns a name for the unnamed type of a field.</summary>
    public string NameWithin(BpfTypeLayout type, int index)
    {
        string field = type.Fields[index].Name;
        return $"{_names[type]}.{(field.Length != 0 ? field : index.ToString(CultureInfo.InvariantCulture))}";
    }

    /// <summary>Gets the number of lines of the types.</summary>
    public int LineCount { get; private set; }

    /// <summary>Gets the types with their own lines, by their words.</summary>
    public IEnumerable<KeyValuePair<string, BpfTypeLayout>> Sorted() => _types;

    private string TokenOf(BpfTypeLayout type, string place)
    {
        string prefix = type.Kind switch
        {
            BpfTypeKind.Struct => "struct:",
            BpfTypeKind.Union => "union:",
            BpfTypeKind.Enum or BpfTypeKind.SignedEnum => "enum:",
            _ => "",
        };
        if (prefix.Length == 0)
            return LayoutText.Number(type);
        if (_names.TryGetValue(type, out string? known))
            return prefix + LayoutText.Encode(known);

        string wanted =
            type.Name.Length != 0 ? type.Name
            : place.Length <= LongestPlace ? place
            : place[..LongestPlace];
        int number = _uses[prefix + wanted] = _uses.GetValueOrDefault(prefix + wanted) + 1;
        string name = number == 1 ? wanted : $"{wanted}~{number.ToString(CultureInfo.InvariantCulture)}";
        string token = prefix + LayoutText.Encode(name);
        _names.Add(type, name);
        _types.Add(token, type);
        LineCount += 1 + type.Fields.Count + type.EnumMembers.Count;

        // Collected at once, so that every type has its word before the first type is written.
        for (int index = 0; index < type.Fields.Count; index++)
            Token(type.Fields[index], NameWithin(type, index));
        return token;
    }
}
