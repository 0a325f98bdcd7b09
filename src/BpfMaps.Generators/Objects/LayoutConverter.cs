using System.Text;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Objects;

/// <summary>Converts layouts of the object to layouts for generated map classes.</summary>
internal sealed class LayoutConverter(ObjectTypePlanner types)
{
    private readonly Dictionary<string, TypeLayout> _known = new(StringComparer.Ordinal);

    /// <summary>Gets the layout of a key or value.</summary>
    /// <param name="display">The name in messages.</param>
    public TypeLayout Of(LayoutTypeUse use, string display)
    {
        TypeLayout element = ElementOf(use);
        return use.Count == 0
            ? element with
            {
                DisplayName = display,
            }
            : Composite(display, new FieldLayout("elements", 0, element, use.Count));
    }

    /// <summary>Gets the layout of bytes without a known type.</summary>
    public static TypeLayout Bytes(int count, string display) =>
        Composite(display, new FieldLayout("bytes", 0, Scalar("byte", BpfTypeKind.Unsigned, 1, "Of<byte>()"), count));

    /// <summary>Gets the layout of <c>LpmKey&lt;T&gt;</c>.</summary>
    public static TypeLayout Prefix(FieldLayout data, string display) =>
        new(
            "LpmKey",
            display,
            BpfTypeKind.Struct,
            4 + data.Size,
            1,
            new[] { new FieldLayout("PrefixLength", 0, Scalar("uint", BpfTypeKind.Unsigned, 4, "Of<uint>()"), 0), data }.ToEquatableArray()
        );

    /// <summary>Converts a field of the layout file.</summary>
    public FieldLayout Of(LayoutField field) =>
        new(
            field.Name,
            field.Offset,
            ElementOf(field.BitSize == 0 ? field.Type : field.Type with { CName = null }),
            field.Type.Count,
            field.BitOffset,
            field.BitSize
        );

    public TypeLayout Of(LayoutType type) =>
        type.Kind is BpfTypeKind.Enum or BpfTypeKind.SignedEnum
            ? Scalar(Identifier(type.Name), type.Kind, type.Size, known: null)
            : new(Identifier(type.Name), type.Name, type.Kind, type.Size, type.Alignment, type.Fields.Select(Of).ToEquatableArray());

    private TypeLayout ElementOf(LayoutTypeUse use)
    {
        if (ObjectTypePlanner.IsNetworkOrder(use))
            return Scalar(use.CName!, BpfTypeKind.Unsigned, LayoutNumbers.SizeOf(use.Element), known: null);
        if (_known.TryGetValue(use.Element, out TypeLayout? known))
            return known;
        TypeLayout layout = types.Find(use.Element) is { } type ? Of(type) : Number(use.Element);
        _known.Add(use.Element, layout);
        return layout;
    }

    private static TypeLayout Number(string element)
    {
        int size = LayoutNumbers.SizeOf(element);
        return element[0] switch
        {
            'c' => Scalar(element, BpfTypeKind.Char, size, "Char8"),
            'f' => Scalar(element, BpfTypeKind.Float, size, size == 4 ? "Of<float>()" : "Of<double>()"),
            's' => Scalar(element, BpfTypeKind.Signed, size, $"Of<{Integer("sbyte", "short", "int", "long", "Int128")}>()"),
            _ => Scalar(element, BpfTypeKind.Unsigned, size, $"Of<{Integer("byte", "ushort", "uint", "ulong", "UInt128")}>()"),
        };

        string Integer(string one, string two, string four, string eight, string sixteen) =>
            size switch
            {
                1 => one,
                2 => two,
                4 => four,
                8 => eight,
                _ => "global::System." + sixteen,
            };
    }

    private static TypeLayout Composite(string display, FieldLayout elements) =>
        new(
            Identifier(display.Split('<')[0]),
            display,
            BpfTypeKind.Struct,
            elements.Size,
            elements.Type.Alignment,
            new[] { elements }.ToEquatableArray()
        );

    /// <summary>Gets a C identifier, which the kernel requires in BTF. Anonymous types are named by their place.</summary>
    private static string Identifier(string name)
    {
        StringBuilder identifier = new(name.Length);
        foreach (char c in name)
            identifier.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' ? c : '_');
        return identifier.ToString();
    }

    private static TypeLayout Scalar(string name, BpfTypeKind kind, int size, string? known) =>
        new(name, name, kind, size, size, [], known);
}
