namespace BpfMaps;

/// <summary>The size of a ring (<c>max_entries</c>).</summary>
internal static class RingSize
{
    public const uint Largest = 1u << 31;

    /// <summary>Returns whether the kernel accepts a size: a power of two and a multiple of the page size.</summary>
    public static bool IsExact(uint size, uint pageSize) => size >= pageSize && (size & (size - 1)) == 0;

    /// <summary>Rounds up to a power of two of pages; at most <see cref="Largest"/>.</summary>
    public static uint RoundUp(uint size, uint pageSize)
    {
        uint rounded = pageSize;
        while (rounded < size && rounded < Largest)
            rounded <<= 1;
        return rounded;
    }

    /// <summary>
    /// Returns the size that a loader passes to the kernel for a declared one (<c>adjust_ringbuf_sz</c> in libbpf). It does not change 0
    /// and sizes that are too large, which the kernel rejects.
    /// </summary>
    public static uint Loaded(uint declared, uint pageSize) => declared is 0 or > Largest ? declared : RoundUp(declared, pageSize);
}
