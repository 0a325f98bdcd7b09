namespace BpfMaps;

/// <summary>Which values the buckets of a histogram count.</summary>
#if BPFMAPS_RUNTIME
public
#else
internal
#endif
enum BpfBuckets
{
    /// <summary>Bucket i counts values from 2^i to below 2^(i+1); bucket 0 also counts 0.</summary>
    PowerOfTwo = 0,

    /// <summary>Bucket i counts values from <c>Start + i * Width</c> to below <c>Start + (i + 1) * Width</c>.</summary>
    Linear = 1,

    /// <summary>Bucket i counts values up to the i-th of the <c>Bounds</c>.</summary>
    Explicit = 2,
}
