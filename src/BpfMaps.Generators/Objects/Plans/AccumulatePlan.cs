using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>The body of the <c>Accumulate</c> method of a struct.</summary>
/// <param name="Kept">The members that keep the values of the first CPU.</param>
/// <param name="IsOnlyLarge">Whether the method only avoids repeating many steps wherever the struct is used.</param>
internal sealed record AccumulatePlan(EquatableArray<AggregateStep> Steps, IReadOnlyList<string> Kept, bool IsOnlyLarge);
