namespace BpfMaps;

/// <summary>Specifies how the values of a field on all CPUs are combined into one.</summary>
#if BPFMAPS_RUNTIME
public
#else
internal
#endif
enum Aggregation
{
    /// <summary>Adds the values; integers wrap around.</summary>
    Sum = 0,

    /// <summary>Returns the largest value.</summary>
    Max = 1,

    /// <summary>Returns the smallest value. All possible CPUs count, including those that never wrote (their value is 0).</summary>
    Min = 2,

    /// <summary>Returns the bitwise OR of the values.</summary>
    BitOr = 3,

    /// <summary>Returns the value of the first possible CPU, for fields that are the same on all CPUs.</summary>
    First = 4,
}
