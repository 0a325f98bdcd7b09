namespace BpfMaps.Metadata;

/// <summary>Numbers of a per-CPU value, and how the total of all CPUs is computed from them. Generated code creates it.</summary>
/// <param name="aggregation">The aggregation.</param>
/// <param name="number">The layout of one number.</param>
/// <param name="offset">The offset of the first number in the value in bytes.</param>
/// <param name="count">The number of consecutive numbers.</param>
public sealed class BpfTotalField(Aggregation aggregation, BpfTypeLayout number, int offset, int count = 1)
{
    /// <summary>Gets the aggregation.</summary>
    public Aggregation Aggregation { get; } = aggregation;

    /// <summary>Gets the layout of one number.</summary>
    public BpfTypeLayout Number { get; } = number;

    /// <summary>Gets the offset of the first number in the value in bytes.</summary>
    public int Offset { get; } = offset;

    /// <summary>Gets the number of consecutive numbers.</summary>
    public int Count { get; } = count;
}
