using System.Globalization;

namespace BpfMaps.Metadata;

/// <summary>
/// Gives every type in a layout file the word that it is referred to by: <c>u32</c>, <c>char[16]</c>, <c>struct:flow_key</c>.
/// </summary>
/// <remarks>
/// A type without a name is called by the place where it is first used, from outside to inside: <c>struct:event.range</c>. Of different
/// types with one name (a linked object may have them) the second is <c>struct:event~2</c>.
/// </remarks>
internal sealed class LayoutTypeTable
{
    /// <summary>Types without names are called by the types around them: without an end, where those have none either.</summary>
    private const int LongestPlace = 200;

    private readonly Dictionary<BpfTypeLayout, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, BpfTypeLayout> _types = new(StringComparer.Ordinal);

    /// <summary>The word for a key or a value. One that is an array as a whole has its layout in a struct without a name.</summary>
    /// <param name="type">The type.</param>
    /// <param name="place">What to call it if it has no name.</param>
    public string Token(BpfTypeLayout type, string place) =>
        type is { Kind: BpfTypeKind.Struct, Name: "", Fields: [{ Name: "", Count: > 0 } only] } ? Token(only, place) : TokenOf(type, place);

    /// <summary>The word for the type of a field, with the number of elements of an array.</summary>
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

    /// <summary>How many lines the types take.</summary>
    public int LineCount { get; private set; }

    /// <summary>All types that have lines of their own, by their words.</summary>
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

        // At once, so that every type has its word before the first line of a type is written.
        for (int index = 0; index < type.Fields.Count; index++)
            Token(type.Fields[index], NameWithin(type, index));
        return token;
    }
}
