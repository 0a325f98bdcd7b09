namespace BpfMaps;

/// <summary>Short forms of <see cref="MapTypeFacts"/>, and the size of an element.</summary>
internal static class BpfMapTypeFacts
{
    /// <summary>The alignment of per-CPU values and of array elements in bytes.</summary>
    private const int StrideAlignment = 8;

    /// <inheritdoc cref="MapTypeFacts.IsPerCpu"/>
    public static bool IsPerCpu(this BpfMapType type) => MapTypeFacts.Of(type).IsPerCpu;

    /// <inheritdoc cref="MapTypeFacts.IsHash"/>
    public static bool WalksByBucket(this BpfMapType type) => MapTypeFacts.Of(type).IsHash;

    /// <inheritdoc cref="MapTypeFacts.IsStream"/>
    public static bool IsStream(this BpfMapType type) => MapTypeFacts.Of(type).IsStream;

    /// <inheritdoc cref="MapTypeFacts.IsLocalStorage"/>
    public static bool IsLocalStorage(this BpfMapType type) => MapTypeFacts.Of(type).IsLocalStorage;

    /// <inheritdoc cref="MapTypeFacts.HasNoCapacity"/>
    public static bool HasNoCapacity(this BpfMapType type) => MapTypeFacts.Of(type).HasNoCapacity;

    /// <inheritdoc cref="MapTypeFacts.IsRing"/>
    public static bool IsRing(this BpfMapType type) => MapTypeFacts.Of(type).IsRing;

    /// <summary>Returns the distance between consecutive values of a size.</summary>
    public static int Stride(int valueSize) => (valueSize + (StrideAlignment - 1)) & ~(StrideAlignment - 1);
}
