using BpfMaps.Generators.Layouts;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Types;

/// <summary>The types of a <c>.layout</c> file, as the runtime has them.</summary>
/// <remarks>The parser has checked that they are defined, do not contain themselves, and are large enough for their fields.</remarks>
internal sealed class LayoutTypes(LayoutFile file)
{
    private readonly Dictionary<string, LayoutType> _types = file.Types.ToDictionary(static type => type.Token);
    private readonly Dictionary<string, BpfTypeLayout> _converted = [];

    /// <returns><see langword="null"/> if no type is used. An array is a struct without a name that has one field.</returns>
    public BpfTypeLayout? Of(LayoutTypeUse? use)
    {
        if (use is not { } type)
            return null;
        BpfTypeLayout element = Element(type);
        return type.Count == 0
            ? element
            : BpfTypeLayout.Struct("", element.Size * type.Count, element.Alignment, new BpfFieldLayout("", 0, element, type.Count));
    }

    private BpfTypeLayout Element(LayoutTypeUse use)
    {
        if (!_types.TryGetValue(use.Element, out LayoutType? type))
            return Number(use.Element, use.CName);
        if (!_converted.TryGetValue(use.Element, out BpfTypeLayout? layout))
            _converted.Add(use.Element, layout = Convert(type));
        return layout;
    }

    private BpfTypeLayout Convert(LayoutType type)
    {
        switch (type.Kind)
        {
            case BpfTypeKind.Struct:
                return BpfTypeLayout.Struct(NameOf(type), type.Size, type.Alignment, Fields(type));
            case BpfTypeKind.Union:
                return BpfTypeLayout.Union(NameOf(type), type.Size, type.Alignment, Fields(type));
            default:
                BpfEnumMember[] members = [.. type.Constants.Select(static constant => new BpfEnumMember(constant.Name, constant.Value))];
                BpfTypeLayout enumeration = BpfTypeLayout.Enumeration(NameOf(type), type.Kind, type.Size, members);
                return type.Remark is null ? enumeration : enumeration.WithCutConstants();
        }
    }

    /// <summary>
    /// Gets the name in C. A file names anonymous types by their place, and adds a suffix to one of several types with the same name.
    /// </summary>
    private static string NameOf(LayoutType type) => type.Name.IndexOfAny(['.', '@']) >= 0 ? "" : type.Name.Split('~')[0];

    private BpfFieldLayout[] Fields(LayoutType type) => [.. type.Fields.Select(Field)];

    private BpfFieldLayout Field(LayoutField field) =>
        field.BitSize == 0
            ? new(field.Name, field.Offset, Element(field.Type), field.Type.Count)
            : BpfFieldLayout.Bitfield(field.Name, field.Offset, Element(field.Type), field.BitOffset, field.BitSize);

    private static BpfTypeLayout Number(string element, string? name)
    {
        int size = LayoutNumbers.SizeOf(element);
        (BpfTypeKind kind, string usualName) = element switch
        {
            "char" => (BpfTypeKind.Char, "char"),
            "bool" => (BpfTypeKind.Unsigned, "bool"),
            "f32" => (BpfTypeKind.Float, "float"),
            "f64" => (BpfTypeKind.Float, "double"),
            "u128" => (BpfTypeKind.Unsigned, "unsigned __int128"),
            "s128" => (BpfTypeKind.Signed, "__int128"),
            ['s', ..] => (BpfTypeKind.Signed, $"__{element}"),
            _ => (BpfTypeKind.Unsigned, $"__{element}"),
        };
        return BpfTypeLayout.Scalar(name ?? usualName, kind, size);
    }
}
