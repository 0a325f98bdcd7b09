using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Objects;

/// <summary>The qualifiers of type names in generated code.</summary>
/// <param name="Own">The qualifier of the generated types.</param>
/// <param name="Qualifier">The qualifier of the generated types where a member may have the same name.</param>
/// <param name="Runtime">The qualifier of types of the runtime library.</param>
/// <param name="System">The qualifier of types of the framework.</param>
internal sealed record TypeStyle(string Own, string Qualifier, string Runtime, string System)
{
    /// <summary>Creates the style of generated code, which must compile in any context.</summary>
    public static TypeStyle Qualified(string own) => new(own, own, "global::BpfMaps.", "global::System.");

    /// <summary>Creates the style of code that users keep, with using directives.</summary>
    /// <param name="namespace">The namespace of the code; <see langword="null"/> for the global one.</param>
    public static TypeStyle Plain(string? @namespace) => new("", @namespace is null ? "global::" : $"global::{@namespace}.", "", "");
}

/// <summary>A struct or a union that gets a C# struct.</summary>
/// <param name="Pack">The packing that is needed so that arrays of the struct have no gaps; 0 for the default.</param>
/// <param name="Omitted">A sentence for each field that C# cannot have.</param>
/// <param name="Bytes">The type of the private field of a struct without members; <see langword="null"/> for other structs.</param>
internal sealed record StructPlan(
    string Name,
    LayoutType Layout,
    int Pack,
    IReadOnlyList<MemberPlan> Members,
    IReadOnlyList<StoragePlan> Storage,
    IReadOnlyList<string> Omitted,
    string? Bytes = null);

/// <summary>A field of a generated struct, or a property over bits.</summary>
/// <param name="Type">The C# type.</param>
/// <param name="Offset">The offset in the generated struct.</param>
/// <param name="Bits">The bits of a property; <see langword="null"/> for a field.</param>
internal sealed record MemberPlan(string Name, string CName, string Type, LayoutTypeUse Use, string? CType, int Offset, BitsPlan? Bits);

/// <summary>The bits of a property, in one storage field or in several.</summary>
/// <param name="FirstBit">The first bit, counted from the start of the generated struct in the byte order of the object.</param>
internal sealed record BitsPlan(IReadOnlyList<BitsPart> Parts, int FirstBit, int Count);

/// <summary>Some bits of a storage field.</summary>
/// <param name="Shift">The number of less significant bits in the storage.</param>
/// <param name="ValueShift">The number of less significant bits in the value of the property.</param>
internal sealed record BitsPart(StoragePlan Storage, int Shift, int ValueShift, int Count);

/// <summary>A private field with the bits of properties.</summary>
/// <param name="Size">1, 2, 4 or 8 bytes.</param>
internal sealed record StoragePlan(string Name, int Offset, int Size)
{
    public string Type => Size switch { 1 => "byte", 2 => "ushort", 4 => "uint", _ => "ulong" };
}

/// <summary>An enumeration that gets a C# enum.</summary>
internal sealed record EnumPlan(string Name, LayoutType Layout);

/// <summary>An inline array.</summary>
internal sealed record ArrayPlan(string Name, string ElementType, int Count);
