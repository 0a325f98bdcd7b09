namespace BpfMaps.Generators.Model;

/// <summary>The <c>Aggregation</c> of the runtime library, and <see cref="Own"/> for an <c>Accumulate</c> method.</summary>
internal enum AggregateOperation
{
    Sum,
    Max,
    Min,
    BitOr,
    First,
    Own,
}
