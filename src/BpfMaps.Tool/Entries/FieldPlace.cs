using System.Globalization;
using BpfMaps.Tool.Fields;

namespace BpfMaps.Tool.Entries;

/// <summary>A field of an entry that a user has named.</summary>
/// <param name="Field">The field.</param>
/// <param name="IsInKey">Whether it is in the key and not in the value.</param>
/// <param name="Offset">Its offset in the key or value in bytes.</param>
/// <param name="Path">Its name as the user wrote it.</param>
internal sealed record FieldPlace(TypedField Field, bool IsInKey, int Offset, string Path)
{
    private const int MostNames = 40;

    /// <summary>
    /// Finds a field by its path: <c>port</c>, <c>key.port</c>, <c>flow.source</c>, <c>slots[3]</c>. Without <c>key</c> or <c>value</c>,
    /// the name must be a field of only one of them.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such field, or more than one.</exception>
    public static FieldPlace Find(EntryType type, string path) => TryFind(type, path) ?? throw NotFound(type, path);

    /// <summary>Finds a field like <see cref="Find"/>.</summary>
    /// <returns><see langword="null"/> if there is no such field.</returns>
    public static FieldPlace? TryFind(EntryType type, string path)
    {
        string[] steps = path.Split('.');
        string first = steps[0].Split('[')[0];
        if (first is "key" or "value")
        {
            FieldPlace whole = new(first == "key" ? type.Key : type.Value, first == "key", 0, path);
            return whole.Index(steps[0][first.Length..])?.Step(steps.AsSpan(1));
        }

        FieldPlace? inKey = new FieldPlace(type.Key, true, 0, path).Step(steps);
        FieldPlace? inValue = new FieldPlace(type.Value, false, 0, path).Step(steps);
        return inKey is null || inValue is null
            ? inKey ?? inValue
            : throw new ArgumentException($"'{path}' is a field of the key and of the value; write key.{path} or value.{path}");
    }

    /// <summary>Gets the bytes of the field in a key or a value.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => (IsInKey ? key : value).Slice(Offset, Field.Size);

    private static ArgumentException NotFound(EntryType type, string path)
    {
        List<string> names = [];
        Collect(type.Key, names);
        Collect(type.Value, names);
        string known =
            names.Count != 0 ? $"its fields: {string.Join(", ", names.Take(MostNames))}{(names.Count > MostNames ? ", ..." : "")}"
            : type.HasTypes ? "its key and value have no fields: write key=... and value=..."
            : "the kernel has no types (BTF) for it: name a file that has them with --types, or write key=... and value=...";
        return new($"map {type.Map} has no field '{path}'; {known}");
    }

    private static void Collect(TypedField around, List<string> names)
    {
        foreach (TypedField field in around.Fields)
        {
            if (field.IsAnonymous)
                Collect(field, names);
            else
                names.Add(field.Count != 0 && field.Form == FieldForm.Elements ? $"{field.Name}[]" : field.Name);
        }
    }

    private FieldPlace? Step(ReadOnlySpan<string> steps)
    {
        FieldPlace? place = this;
        foreach (string step in steps)
        {
            int bracket = step.IndexOf('[', StringComparison.Ordinal);
            place = place.Child(bracket < 0 ? step : step[..bracket])?.Index(bracket < 0 ? "" : step[bracket..]);
            if (place is null)
                return null;
        }
        return place;
    }

    /// <summary>Finds a field by its name, also in anonymous structs and unions.</summary>
    private FieldPlace? Child(string name)
    {
        foreach (TypedField field in Field.Fields)
        {
            FieldPlace place = this with { Field = field, Offset = Offset + field.Offset };
            if (field.Name == name)
                return place;
            if (field.IsAnonymous && place.Child(name) is { } inner)
                return inner;
        }
        return null;
    }

    /// <summary>Goes to an element of an array: <c>[3]</c>; an empty text stays.</summary>
    private FieldPlace? Index(string text)
    {
        if (text.Length == 0)
            return this;
        if (
            !text.EndsWith(']')
            || Field.Count == 0
            || !int.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
        )
            return null;
        return index < Field.Count
            ? this with
            {
                Field = Field.Element,
                Offset = Offset + (index * Field.Element.Size),
            }
            : throw new ArgumentException($"'{Path}' is out of range: the array has {Field.Count} elements, [0] to [{Field.Count - 1}]");
    }
}
