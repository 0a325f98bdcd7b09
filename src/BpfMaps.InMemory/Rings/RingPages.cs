using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>
/// The memory of a ring in the order of the kernel's mapping: the consumer page, the producer page, and the data twice.
/// </summary>
/// <remarks>
/// <para>In a single process, the same data need not be mapped twice. A record is written in one piece at its position, into the second
/// half if necessary, and read the same way. Headers are always in the first half, because they are 8 bytes long and aligned to 8.</para>
/// <para>Uses a pinned array and not native memory: references from handlers and reservations keep the array alive, even after everything
/// is disposed.</para>
/// </remarks>
internal sealed unsafe class RingPages
{
    private readonly byte[] _memory;

    /// <param name="size">The size of the data in bytes; a power of two, and whole pages.</param>
    public RingPages(uint size)
    {
        _memory = GC.AllocateArray<byte>(checked((int)Needed(size)), pinned: true);
        nuint page = (nuint)Environment.SystemPageSize;
        nuint allocation = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        byte* start = (byte*)((allocation + page - 1) / page * page);
        Address = (nint)start;
        Length = (2 * page) + (2 * (nuint)size);
        Window = new RingWindow(start, start + page, start + (2 * page), size);
    }

    /// <summary>The address of the consumer page.</summary>
    public nint Address { get; }

    /// <summary>The total size that can be mapped, in bytes.</summary>
    public nuint Length { get; }

    public RingWindow Window { get; }

    /// <summary>Returns whether a ring of this size fits one array.</summary>
    public static bool CanHold(uint size) => Needed(size) <= (ulong)Array.MaxLength;

    /// <summary>The array size that ensures enough page-aligned memory.</summary>
    private static ulong Needed(uint size) => (3 * (ulong)Environment.SystemPageSize) + (2 * (ulong)size);
}
