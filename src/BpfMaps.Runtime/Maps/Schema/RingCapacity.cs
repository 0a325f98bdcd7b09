namespace BpfMaps;

/// <summary>Rounds the size of a ring like a loader.</summary>
internal static class RingCapacity
{
    private const uint Largest = 1u << 31;

    /// <summary>
    /// Rounds up to pages of this machine, and their number to a power of two, as libbpf does (<c>adjust_ringbuf_sz</c>).
    /// </summary>
    /// <returns>The size as it is where it is 0, or where no such size is as large: the kernel refuses it.</returns>
    public static uint Loaded(uint declared)
    {
        if (declared is 0 or > Largest)
            return declared;
        uint size = (uint)Environment.SystemPageSize;
        while (size < declared)
            size <<= 1;
        return size;
    }
}
