namespace BpfMaps;

/// <summary>How the values that the CPUs hold of one field become one.</summary>
public enum Aggregation
{
    /// <summary>They are added; integers wrap around.</summary>
    Sum = 0,

    /// <summary>The largest one.</summary>
    Max = 1,

    /// <summary>The smallest one. Every possible CPU takes part, also one that never wrote (its value is 0).</summary>
    Min = 2,

    /// <summary>Bitwise or.</summary>
    BitOr = 3,

    /// <summary>The one of the first possible CPU, for fields that are the same on all.</summary>
    First = 4,
}

/// <summary>Says how a field of a per-CPU value is aggregated. Without it, numeric fields are added up.</summary>
/// <param name="aggregation">The way the CPUs' values become one.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class BpfAggregateAttribute(Aggregation aggregation) : Attribute
{
    /// <summary>The way the CPUs' values become one.</summary>
    public Aggregation Aggregation { get; } = aggregation;
}
