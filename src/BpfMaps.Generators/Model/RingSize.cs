namespace BpfMaps.Generators.Model;

/// <summary>What a loader makes of the size of a ring.</summary>
internal static class RingSize
{
    // A ring's size is checked against the page size of the machine it runs on; no machine with BPF has smaller pages.
    private const uint SmallestPage = 4096;
    private const uint Largest = 1u << 31;

    public static bool IsExact(uint size) => size is >= SmallestPage and <= Largest && (size & (size - 1)) == 0;

    /// <summary>
    /// The <c>max_entries</c> that a loader gives the kernel: that of a ring is rounded up to a power of two of pages (libbpf's adjust_ringbuf_sz).
    /// </summary>
    public static uint Loaded(MapType type, uint maxEntries) => type is MapType.RingBuf or MapType.UserRingBuf ? RoundUp(maxEntries) : maxEntries;

    public static uint RoundUp(uint size)
    {
        uint rounded = SmallestPage;
        while (rounded < size && rounded < Largest)
            rounded <<= 1;
        return rounded;
    }
}
