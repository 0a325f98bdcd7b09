using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>Memory for the elements of a map that can be mapped: one page-aligned block that does not move.</summary>
/// <remarks>
/// A pinned array and not system memory: a span that was taken from a view keeps it alive, even if the view and the map are disposed.
/// </remarks>
internal sealed unsafe class PageMemory : ElementMemory, IDisposable
{
    private readonly nint _stride;
    private readonly byte* _start;
    private byte[]? _allocation;

    /// <param name="count">The number of elements.</param>
    /// <param name="stride">The distance between elements, in bytes.</param>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public PageMemory(uint count, int stride)
    {
        _stride = stride;
        nuint page = (nuint)Environment.SystemPageSize;
        Length = Pages(count, stride);
        _allocation = GC.AllocateArray<byte>((int)(Length + page), pinned: true);
        nuint allocation = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_allocation));
        _start = (byte*)((allocation + page - 1) / page * page);
    }

    /// <summary>The size in bytes, a multiple of the page size.</summary>
    public nuint Length { get; }

    public nint Address => (nint)_start;

    /// <summary>Returns whether one array can hold the elements.</summary>
    public static bool CanHold(uint count, int stride) =>
        Pages(count, stride) + (nuint)Environment.SystemPageSize <= (nuint)Array.MaxLength;

    /// <inheritdoc/>
    public override ref byte this[uint index] => ref Unsafe.AsRef<byte>(_start + (index * _stride));

    /// <inheritdoc/>
    public override ref readonly byte Read(uint index) => ref this[index];

    private static nuint Pages(uint count, int stride)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        return ((count * (nuint)stride) + page - 1) / page * page;
    }

    /// <summary>Releases the memory. It lives on while a span refers to it.</summary>
    public void Dispose() => _allocation = null;
}
