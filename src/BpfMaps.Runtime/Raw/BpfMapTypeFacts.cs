namespace BpfMaps;

/// <summary>Properties of map types.</summary>
internal static class BpfMapTypeFacts
{
    /// <summary>The alignment of per-CPU values and of array elements in bytes.</summary>
    private const int StrideAlignment = 8;

    /// <summary>Returns whether an element has one value per possible CPU.</summary>
    public static bool IsPerCpu(this BpfMapType type) =>
        type is BpfMapType.PerCpuHash or BpfMapType.PerCpuArray or BpfMapType.LruPerCpuHash or BpfMapType.PerCpuCgroupStorage;

    /// <summary>Returns whether batches proceed by bucket, so that a change of one key neither repeats nor hides another.</summary>
    public static bool WalksByBucket(this BpfMapType type) =>
        type is BpfMapType.Hash or BpfMapType.LruHash or BpfMapType.PerCpuHash or BpfMapType.LruPerCpuHash or BpfMapType.HashOfMaps;

    /// <summary>
    /// Returns whether maps of this type transfer records. Their declared value is the record, whose size the kernel does not have.
    /// </summary>
    public static bool IsStream(this BpfMapType type) => type is BpfMapType.RingBuf or BpfMapType.UserRingBuf or BpfMapType.PerfEventArray;

    /// <summary>Returns whether a value belongs to a kernel object whose descriptor is the key.</summary>
    public static bool IsLocalStorage(this BpfMapType type) =>
        type is BpfMapType.SkStorage or BpfMapType.InodeStorage or BpfMapType.TaskStorage or BpfMapType.CgrpStorage;

    /// <summary>Returns whether the map has no capacity because its values belong to other objects.</summary>
    public static bool HasNoCapacity(this BpfMapType type) =>
        type.IsLocalStorage() || type is BpfMapType.CgroupStorage or BpfMapType.PerCpuCgroupStorage;

    /// <summary>Returns whether keys are slot or entry numbers of 4 bytes, whose type does not matter.</summary>
    public static bool HasIndexKeys(this BpfMapType type) =>
        type
            is BpfMapType.Array
                or BpfMapType.PerCpuArray
                or BpfMapType.ProgArray
                or BpfMapType.CgroupArray
                or BpfMapType.ArrayOfMaps
                or BpfMapType.StackTrace
                or BpfMapType.DevMap
                or BpfMapType.DevMapHash
                or BpfMapType.SockMap
                or BpfMapType.CpuMap
                or BpfMapType.XskMap
                or BpfMapType.ReusePortSockArray;

    /// <summary>Returns whether the capacity is the size of a ring in bytes.</summary>
    public static bool IsRing(this BpfMapType type) => type is BpfMapType.RingBuf or BpfMapType.UserRingBuf;

    /// <summary>Returns the distance between consecutive values of a size.</summary>
    public static int Stride(int valueSize) => (valueSize + (StrideAlignment - 1)) & ~(StrideAlignment - 1);
}
