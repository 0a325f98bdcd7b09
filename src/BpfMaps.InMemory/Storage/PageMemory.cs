using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>Room for the elements of a map in one piece that stays where it is and begins at a page, so that it can be mapped.</summary>
/// <remarks>An array that does not move, and no memory of the system: a span that was taken from a view keeps it, whatever is disposed meanwhile.</remarks>
internal sealed unsafe class PageMemory : ElementMemory, IDisposable
{
    private readonly nint _stride;
    private readonly byte* _start;
    private byte[]? _allocation;

    /// <param name="count">How many elements there are.</param>
    /// <param name="stride">Bytes from one to the next.</param>
    /// <exception cref="OutOfMemoryException">There is not as much memory.</exception>
    public PageMemory(uint count, int stride)
    {
        _stride = stride;
        nuint page = (nuint)Environment.SystemPageSize;
        Length = Pages(count, stride);
        _allocation = GC.AllocateArray<byte>((int)(Length + page), pinned: true);
        nuint allocation = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_allocation));
        _start = (byte*)((allocation + page - 1) / page * page);
    }

    /// <summary>Bytes, a multiple of the page size.</summary>
    public nuint Length { get; }

    public nint Address => (nint)_start;

    /// <summary>Whether there can be as much memory in one piece.</summary>
    public static bool CanHold(uint count, int stride) => Pages(count, stride) + (nuint)Environment.SystemPageSize <= (nuint)Array.MaxLength;

    /// <inheritdoc/>
    public override ref byte this[uint index] => ref Unsafe.AsRef<byte>(_start + (index * _stride));

    /// <inheritdoc/>
    public override ref readonly byte Read(uint index) => ref this[index];

    private static nuint Pages(uint count, int stride)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        return ((count * (nuint)stride) + page - 1) / page * page;
    }

    /// <summary>Lets go of the memory.</summary>
    public void Dispose() => _allocation = null;
}
