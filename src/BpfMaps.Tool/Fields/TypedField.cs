using System.Globalization;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Fields;

/// <summary>A key, a value or a field in one: its place, its type, and the form in which people write it.</summary>
internal sealed class TypedField
{
    private TypedField? _element;

    private TypedField(string name, BpfTypeLayout? type, int offset, int size, int count)
    {
        Name = name;
        Type = type;
        Offset = offset;
        Size = size;
        Count = count;
    }

    /// <summary>The name, unique in its struct; empty for elements of arrays.</summary>
    public string Name { get; private init; }

    /// <summary>Whether the field has no name in C; its own fields are then fields of the struct around it.</summary>
    public bool IsAnonymous { get; private init; }

    /// <summary>The type, for an array that of its elements; <see langword="null"/> if it is not known.</summary>
    public BpfTypeLayout? Type { get; }

    /// <summary>The offset in the struct around it in bytes.</summary>
    public int Offset { get; }

    public int Size { get; }

    /// <summary>The number of elements of an array; otherwise 0.</summary>
    public int Count { get; }

    /// <summary>The bits of a bitfield; otherwise <see langword="null"/>.</summary>
    public BpfFieldLayout? Bits { get; private init; }

    public FieldForm Form { get; private init; }

    /// <summary>The fields of a struct or union; empty for others.</summary>
    public IReadOnlyList<TypedField> Fields => field ??= Count == 0 && Type is not null ? FieldsOf(Type) : [];

    /// <summary>An element of an array.</summary>
    public TypedField Element => _element ??= Of("", "", Type!, 0, 0);

    /// <summary>The name of the type for messages.</summary>
    public string TypeName =>
        Type is null ? string.Create(CultureInfo.InvariantCulture, $"{Size} bytes")
        : Bits is not null ? string.Create(CultureInfo.InvariantCulture, $"{Type.DisplayName}:{Bits.BitSize}")
        : Count != 0 ? string.Create(CultureInfo.InvariantCulture, $"{Type.DisplayName}[{Count}]")
        : Type.Kind switch
        {
            BpfTypeKind.Struct => $"struct {Type.Name}".TrimEnd(),
            BpfTypeKind.Union => $"union {Type.Name}".TrimEnd(),
            BpfTypeKind.Enum or BpfTypeKind.SignedEnum => $"enum {Type.Name}".TrimEnd(),
            _ => Type.DisplayName,
        };

    /// <summary>Gets whether the field exists only to fill space.</summary>
    public bool IsPadding =>
        Name.TrimStart('_') is var name
        && (
            name.StartsWith("pad", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("reserved", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("unused", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Describes a key or a value.</summary>
    /// <param name="name">Its name: <c>key</c> or <c>value</c>.</param>
    /// <param name="layout">The type; <see langword="null"/> if it is not known.</param>
    /// <param name="size">The size in bytes.</param>
    public static TypedField Whole(string name, BpfTypeLayout? layout, int size)
    {
        if (layout is null || layout.Size != size)
            return new(name, null, 0, size, 0) { Form = FieldForm.Bytes };
        // An array is a struct without a name that has one field.
        return layout is { Kind: BpfTypeKind.Struct, Name: "", Fields: [{ Name: "", Count: > 0 } only] }
            ? Of(name, name, only.Type, 0, only.Count)
            : Of(name, name, layout, 0, 0);
    }

    /// <summary>Describes the key of a trie, whose first 4 bytes are the length of the prefix.</summary>
    public static TypedField TrieKey(BpfTypeLayout? layout, int size)
    {
        TypedField key = Whole("key", layout, size);
        return IsOverAddresses(key) ? new(key.Name, key.Type, 0, key.Size, 0) { Form = FieldForm.Prefix } : key;
    }

    private static bool IsOverAddresses(TypedField key) =>
        key.Fields is [{ Offset: 0, Size: sizeof(uint) }, { Offset: sizeof(uint) } address]
        && address.Size == key.Size - sizeof(uint)
        && address.Size is 4 or 16
        && (address.Form == FieldForm.Address || address is { Form: FieldForm.Elements, Type: { Kind: BpfTypeKind.Unsigned, Size: 1 } });

    private static TypedField Of(string name, string cName, BpfTypeLayout type, int offset, int count) =>
        new(name, type, offset, type.Size * Math.Max(count, 1), count)
        {
            Form = FormOf(type, cName, count),
            IsAnonymous = cName.Length == 0,
        };

    private static FieldForm FormOf(BpfTypeLayout type, string name, int count)
    {
        if (AddressNames.IsAddress(type, name, count))
            return FieldForm.Address;
        if (AddressNames.IsHardwareAddress(type, name, count))
            return FieldForm.HardwareAddress;
        if (count != 0)
            return type.Kind == BpfTypeKind.Char ? FieldForm.Text : FieldForm.Elements;
        return type switch
        {
            { Kind: BpfTypeKind.Struct or BpfTypeKind.Union } => FieldForm.Fields,
            { Size: > sizeof(ulong) } => FieldForm.Bytes,
            { Kind: BpfTypeKind.Enum or BpfTypeKind.SignedEnum } => FieldForm.Enumeration,
            { Kind: BpfTypeKind.Float } => FieldForm.Float,
            { Kind: BpfTypeKind.Unsigned, Name: "__be16" or "__be64" } => FieldForm.BigEndian,
            { Kind: BpfTypeKind.Unsigned, Size: 1, Name: "bool" or "_Bool" } => FieldForm.Boolean,
            _ => FieldForm.Number,
        };
    }

    private static TypedField[] FieldsOf(BpfTypeLayout type)
    {
        int unnamed = 0;
        Dictionary<string, int> uses = [];
        TypedField[] fields = new TypedField[type.Fields.Count];
        for (int index = 0; index < fields.Length; index++)
        {
            BpfFieldLayout layout = type.Fields[index];
            string name = layout.Name.Length > 0 ? layout.Name : string.Create(CultureInfo.InvariantCulture, $"(unnamed {++unnamed})");
            int use = uses[name] = uses.GetValueOrDefault(name) + 1;
            if (use != 1)
                name = string.Create(CultureInfo.InvariantCulture, $"{name} ({use})");
            fields[index] =
                layout.BitSize == 0
                    ? Of(name, layout.Name, layout.Type, layout.Offset, layout.Count)
                    : new(name, layout.Type, layout.Offset, layout.Size, 0)
                    {
                        Bits = layout,
                        Form =
                            layout.BitSize > 64 ? FieldForm.Bytes
                            : layout.Type.Kind is BpfTypeKind.Enum or BpfTypeKind.SignedEnum ? FieldForm.Enumeration
                            : FieldForm.Number,
                    };
        }
        return fields;
    }
}
