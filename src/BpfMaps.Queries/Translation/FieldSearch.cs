using System.Reflection;
using BpfMaps.Metadata;

namespace BpfMaps.Queries.Translation;

/// <summary>Finds the fields of layouts that C# members stand for.</summary>
internal static class FieldSearch
{
    /// <summary>Finds a field.</summary>
    /// <param name="container">The struct or union.</param>
    /// <param name="member">The field or property of the C# type.</param>
    /// <param name="offset">The offset of the field in <paramref name="container"/>.</param>
    /// <returns><see langword="null"/> if there is no such field, or if several fields could be meant.</returns>
    public static BpfFieldLayout? Find(BpfTypeLayout container, MemberInfo member, out int offset)
    {
        string backing = $"<{member.Name}>k__BackingField";
        List<(BpfFieldLayout Field, int Offset)> found = [];
        Collect(container, 0, name => name == member.Name || name == backing, found);
        // Generated structs of BPF objects have the fields of C, with C# names. Other members than fields are parts of fields.
        if (found.Count == 0 && member is FieldInfo)
            Collect(container, 0, name => HasSameLetters(name, member.Name), found);
        (BpfFieldLayout? field, offset) = found.Count == 1 ? found[0] : default;
        return field;
    }

    /// <summary>As in C, fields of anonymous members are fields of the containing struct.</summary>
    private static void Collect(BpfTypeLayout container, int start, Func<string, bool> isMeant, List<(BpfFieldLayout, int)> found)
    {
        foreach (BpfFieldLayout field in container.Fields)
        {
            if (field is { Name: "", Count: 0, Type.IsScalar: false })
                Collect(field.Type, start + field.Offset, isMeant, found);
            else if (isMeant(field.Name))
                found.Add((field, start + field.Offset));
        }
    }

    private static bool HasSameLetters(string left, string right) =>
        string.Equals(Letters(left), Letters(right), StringComparison.OrdinalIgnoreCase);

    private static string Letters(string name) => name.Replace("_", "", StringComparison.Ordinal);
}
