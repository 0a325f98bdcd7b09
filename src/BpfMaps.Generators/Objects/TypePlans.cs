using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Objects;

/// <summary>How generated code writes the names of types.</summary>
/// <param name="Own">What stands before the types that are generated with it.</param>
/// <param name="Runtime">What stands before those of the runtime.</param>
/// <param name="System">What stands before those of the framework.</param>
internal sealed record TypeStyle(string Own, string Runtime, string System)
{
    /// <summary>For code that is compiled unseen, in whatever surroundings the user has.</summary>
    public static TypeStyle Qualified(string own) => new(own, "global::BpfMaps.", "global::System.");

    /// <summary>For code that people read and keep, behind using directives.</summary>
    public static TypeStyle Plain { get; } = new("", "", "");
}

/// <summary>A struct or a union that gets a C# struct.</summary>
/// <param name="Pack">0, or how far the fields' own alignment has to be lowered so that arrays of the struct have no gaps.</param>
/// <param name="Omitted">Fields that C# cannot have, one sentence each.</param>
internal sealed record StructPlan(
    string Name,
    LayoutType Layout,
    int Pack,
    IReadOnlyList<MemberPlan> Members,
    IReadOnlyList<StoragePlan> Storage,
    IReadOnlyList<string> Omitted);

/// <summary>A field of a generated struct, or a property over some bits of it.</summary>
/// <param name="CName">With the names of the anonymous members it stands in, and what C calls its type where that says more.</param>
/// <param name="Type">The C# type.</param>
/// <param name="Offset">From the start of the generated struct.</param>
/// <param name="Bits">Where a property finds its bits; <see langword="null"/> for a field.</param>
internal sealed record MemberPlan(string Name, string CName, string Type, LayoutTypeUse Use, string? CType, int Offset, BitsPlan? Bits);

/// <summary>Some bits of a storage field.</summary>
/// <param name="Shift">How many bits of the storage are less significant.</param>
internal sealed record BitsPlan(StoragePlan Storage, int Shift, int Count);

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
