using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// The layout of a mapped perf buffer: a page with the two positions, followed by the data. Positions never wrap; offsets in the data do.
/// </summary>
internal readonly unsafe struct PerfWindow(SafeHandle memory, int pages)
{
    /// <summary>The size of records is a multiple of this, so no header wraps.</summary>
    public const int Alignment = 8;

    // In struct perf_event_mmap_page.
    private const int HeadOffset = 1024;
    private const int TailOffset = 1032;

    private readonly byte* _page = (byte*)memory.DangerousGetHandle();
    private readonly ulong _size = (ulong)pages * (ulong)Environment.SystemPageSize;

    /// <summary>Bytes of data.</summary>
    public ulong Size => _size;

    /// <summary>Gets the position up to which the kernel has written.</summary>
    public ref ulong Head => ref *(ulong*)(_page + HeadOffset);

    /// <summary>Gets the position up to which user space has read.</summary>
    public ref ulong Tail => ref *(ulong*)(_page + TailOffset);

    private byte* Data => _page + Environment.SystemPageSize;

    /// <summary>The header of the record at a position.</summary>
    public ref readonly PerfRecordHeader Header(ulong position) => ref *(PerfRecordHeader*)(Data + (position & (_size - Alignment)));

    /// <summary>Returns a record in place, or a contiguous copy if the record wraps around.</summary>
    /// <param name="position">Where it begins.</param>
    /// <param name="length">The size of the record in bytes, including the header.</param>
    /// <param name="scratch">A buffer for the copy, <paramref name="length"/> bytes.</param>
    public ref byte Record(ulong position, int length, Span<byte> scratch)
    {
        ulong start = position & (_size - Alignment);
        if ((ulong)length <= _size - start)
            return ref Data[start];

        int untilEnd = (int)(_size - start);
        new ReadOnlySpan<byte>(Data + start, untilEnd).CopyTo(scratch);
        new ReadOnlySpan<byte>(Data, length - untilEnd).CopyTo(scratch[untilEnd..]);
        return ref MemoryMarshal.GetReference(scratch);
    }
}
