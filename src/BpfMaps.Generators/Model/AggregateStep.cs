using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>The runtime's <c>Aggregation</c>, and a value's own method.</summary>
internal enum AggregateOperation
{
    Sum,
    Max,
    Min,
    BitOr,
    First,
    Own,
}

/// <summary>How one part of a per-CPU value is added to the total.</summary>
/// <param name="Path">From the value to the part, as C# (<c>.Inner.Packets</c>, empty for the value itself), or <see langword="null"/> where C# cannot say it:
/// arrays, and fields that the map class may not touch. Those go by offset.</param>
/// <param name="NumberType">By offset: the C# keyword or name of the number type.</param>
/// <param name="Loops">By offset, in arrays of structs: how often, and how many bytes apart; outermost first.</param>
/// <param name="OwnerType">For <see cref="AggregateOperation.Own"/>: the type that has the <c>Accumulate</c> method.</param>
internal sealed record AggregateStep(
    AggregateOperation Operation,
    string? Path,
    string NumberType,
    int Offset,
    int Count,
    EquatableArray<Loop> Loops,
    string? OwnerType = null);

/// <summary>The elements of an array of structs.</summary>
internal readonly record struct Loop(int Count, int Stride);
