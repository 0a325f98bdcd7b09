namespace BpfMaps.Generators.Model;

/// <summary>The <c>BpfBuckets</c> of the runtime library.</summary>
internal enum BucketRule
{
    PowerOfTwo = 0,
    Linear = 1,
    Explicit = 2,
}
