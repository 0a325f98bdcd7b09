using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>Memory for the elements of a map that can be mapped: one page-aligned block that does not move.</summary>
internal sealed unsafe class PageMemory : ElementMemory, IDisposable
{
    private readonly nint _stride;
    private readonly byte* _start;
    private void* _allocation;

    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public PageMemory(uint count, int stride)
    {
        _stride = stride;
        nuint page = (nuint)Environment.SystemPageSize;
        Length = ((count * (nuint)stride) + page - 1) / page * page;
        // The system returns zeroed pages without touching them, so unused pages take no memory; an aligned allocation would have to be
        // cleared.
        _allocation = NativeMemory.AllocZeroed(Length + page);
        _start = (byte*)(((nuint)_allocation + page - 1) / page * page);
    }

    ~PageMemory() => NativeMemory.Free(_allocation);

    /// <summary>The size in bytes, a multiple of the page size.</summary>
    public nuint Length { get; }

    public nint Address => (nint)_start;

    /// <inheritdoc/>
    public override ref byte this[uint index] => ref Unsafe.AsRef<byte>(_start + (index * _stride));

    /// <inheritdoc/>
    public override ref readonly byte Read(uint index) => ref this[index];

    /// <summary>Releases the memory. It must no longer be in use.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_allocation);
        _allocation = null;
        GC.SuppressFinalize(this);
    }
}
