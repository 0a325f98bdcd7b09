using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>The aggregation of one part of a per-CPU value.</summary>
/// <param name="Operation">The operation; <see langword="null"/> if the part has a method of its own.</param>
/// <param name="Path">The C# path from the value to the part (<c>.Inner.Packets</c>; empty for the value itself). <see langword="null"/>
/// for parts that C#
/// cannot access by path, such as arrays and inaccessible fields. They are accessed by offset.</param>
/// <param name="NumberType">For access by offset: the C# keyword or name of the number type.</param>
/// <param name="Loops">For access by offset in arrays of structs: the loops, outermost first.</param>
/// <param name="OwnerType">The type with the <c>Accumulate</c> method; <see langword="null"/> if there is an operation.</param>
internal sealed record AggregateStep(
    Aggregation? Operation,
    string? Path,
    string NumberType,
    int Offset,
    int Count,
    EquatableArray<Loop> Loops,
    string? OwnerType = null
);
