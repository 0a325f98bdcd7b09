namespace BpfMaps;

/// <summary>What follows from a map's kind alone.</summary>
internal static class BpfMapTypeFacts
{
    /// <summary>Values of per-CPU kinds and elements of arrays stand at a stride of this many bytes.</summary>
    private const int StrideAlignment = 8;

    /// <summary>Whether an element has a value per possible CPU.</summary>
    public static bool IsPerCpu(this BpfMapType type) =>
        type is BpfMapType.PerCpuHash or BpfMapType.PerCpuArray or BpfMapType.LruPerCpuHash or BpfMapType.PerCpuCgroupStorage;

    /// <summary>Whether batches walk by bucket, so that a change of one key neither repeats nor hides another.</summary>
    public static bool WalksByBucket(this BpfMapType type) =>
        type is BpfMapType.Hash or BpfMapType.LruHash or BpfMapType.PerCpuHash or BpfMapType.LruPerCpuHash or BpfMapType.HashOfMaps;

    /// <summary>Whether a map of this kind passes records on: its declared value is the record, of which the kernel's sizes know nothing.</summary>
    public static bool IsStream(this BpfMapType type) => type is BpfMapType.RingBuf or BpfMapType.UserRingBuf or BpfMapType.PerfEventArray;

    /// <summary>Whether the value belongs to a kernel object whose descriptor is the key.</summary>
    public static bool IsLocalStorage(this BpfMapType type) =>
        type is BpfMapType.SkStorage or BpfMapType.InodeStorage or BpfMapType.TaskStorage or BpfMapType.CgrpStorage;

    /// <summary>Whether the map has no capacity, because something else has: its values come and go with what they belong to.</summary>
    public static bool HasNoCapacity(this BpfMapType type) =>
        type.IsLocalStorage() || type is BpfMapType.CgroupStorage or BpfMapType.PerCpuCgroupStorage;

    /// <summary>Whether keys are the kernel's numbers of slots or entries: 4 bytes whose type says nothing.</summary>
    public static bool HasIndexKeys(this BpfMapType type) =>
        type is BpfMapType.Array or BpfMapType.PerCpuArray or BpfMapType.ProgArray or BpfMapType.CgroupArray or BpfMapType.ArrayOfMaps
            or BpfMapType.StackTrace or BpfMapType.DevMap or BpfMapType.DevMapHash or BpfMapType.SockMap or BpfMapType.CpuMap or BpfMapType.XskMap or BpfMapType.ReusePortSockArray;

    /// <summary>Whether the capacity is the size of a ring in bytes.</summary>
    public static bool IsRing(this BpfMapType type) => type is BpfMapType.RingBuf or BpfMapType.UserRingBuf;

    /// <summary>A value's size rounded up to where the next one begins.</summary>
    public static int Stride(int valueSize) => (valueSize + (StrideAlignment - 1)) & ~(StrideAlignment - 1);
}
