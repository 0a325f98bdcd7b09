using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Objects;

/// <summary>How generated code writes the names of types.</summary>
/// <param name="Own">What stands before the types that are generated with it.</param>
/// <param name="Qualifier">What stands before them where a member could have the name too.</param>
/// <param name="Runtime">What stands before those of the runtime.</param>
/// <param name="System">What stands before those of the framework.</param>
internal sealed record TypeStyle(string Own, string Qualifier, string Runtime, string System)
{
    /// <summary>For code that is compiled unseen, in whatever surroundings the user has.</summary>
    public static TypeStyle Qualified(string own) => new(own, own, "global::BpfMaps.", "global::System.");

    /// <summary>For code that people read and keep, behind using directives.</summary>
    /// <param name="namespace">The namespace of that code; <see langword="null"/> for the global one.</param>
    public static TypeStyle Plain(string? @namespace) => new("", @namespace is null ? "global::" : $"global::{@namespace}.", "", "");
}

/// <summary>A struct or a union that gets a C# struct.</summary>
/// <param name="Pack">0, or how far the fields' own alignment has to be lowered so that arrays of the struct have no gaps.</param>
/// <param name="Omitted">Fields that C# cannot have, one sentence each.</param>
/// <param name="Bytes">The type of the only, private field of a struct that has no members; <see langword="null"/> for others.</param>
internal sealed record StructPlan(
    string Name,
    LayoutType Layout,
    int Pack,
    IReadOnlyList<MemberPlan> Members,
    IReadOnlyList<StoragePlan> Storage,
    IReadOnlyList<string> Omitted,
    string? Bytes = null);

/// <summary>A field of a generated struct, or a property over some bits of it.</summary>
/// <param name="Type">The C# type.</param>
/// <param name="Offset">From the start of the generated struct.</param>
/// <param name="Bits">Where a property finds its bits; <see langword="null"/> for a field.</param>
internal sealed record MemberPlan(string Name, string CName, string Type, LayoutTypeUse Use, string? CType, int Offset, BitsPlan? Bits);

/// <summary>The bits of a property, in one storage field or in several.</summary>
/// <param name="FirstBit">Counted from the start of the generated struct, in the order of the object's machine.</param>
internal sealed record BitsPlan(IReadOnlyList<BitsPart> Parts, int FirstBit, int Count);

/// <summary>Some bits of a storage field.</summary>
/// <param name="Shift">How many bits of the storage are less significant.</param>
/// <param name="ValueShift">How many bits of the property's value are less significant.</param>
internal sealed record BitsPart(StoragePlan Storage, int Shift, int ValueShift, int Count);

/// <summary>A private field that properties take their bits from.</summary>
/// <param name="Size">1, 2, 4 or 8 bytes.</param>
internal sealed record StoragePlan(string Name, int Offset, int Size)
{
    public string Type => Size switch { 1 => "byte", 2 => "ushort", 4 => "uint", _ => "ulong" };
}

/// <summary>An enumeration that gets a C# enum.</summary>
internal sealed record EnumPlan(string Name, LayoutType Layout);

/// <summary>An inline array of some elements.</summary>
internal sealed record ArrayPlan(string Name, string ElementType, int Count);
