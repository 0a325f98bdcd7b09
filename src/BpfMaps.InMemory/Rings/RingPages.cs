using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>The memory of a ring, in the order in which a kernel maps it: the consumer's page, the producer's page, and the data twice.</summary>
/// <remarks>
/// <para>In one process the data need not be mapped twice. A record is written in one piece from its place on, into the second half if need be,
/// and read in the same way; headers are in the first half always, because they are 8 bytes and stand at multiples of 8.</para>
/// <para>An array that does not move, and no memory of the system: what a handler or a reservation has of it keeps it, whatever is disposed meanwhile.</para>
/// </remarks>
internal sealed unsafe class RingPages
{
    private readonly byte[] _memory;

    /// <param name="size">Bytes of data; a power of two, and whole pages.</param>
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

    /// <summary>Where the consumer's page begins.</summary>
    public nint Address { get; }

    /// <summary>All bytes that can be mapped.</summary>
    public nuint Length { get; }

    public RingWindow Window { get; }

    /// <summary>Whether there can be as much memory in one piece.</summary>
    public static bool CanHold(uint size) => Needed(size) <= (ulong)Array.MaxLength;

    /// <summary>Bytes with which pages can be found that begin where pages begin.</summary>
    private static ulong Needed(uint size) => (3 * (ulong)Environment.SystemPageSize) + (2 * (ulong)size);
}
