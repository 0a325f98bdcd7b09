namespace BpfMaps;

/// <summary>Specifies how a field of a per-CPU value is aggregated. Without it, numeric fields are added.</summary>
/// <param name="aggregation">The aggregation.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class BpfAggregateAttribute(Aggregation aggregation) : Attribute
{
    /// <summary>Gets the aggregation.</summary>
    public Aggregation Aggregation { get; } = aggregation;
}
