using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>Room for the elements of a map in one piece that stays where it is and begins at a page, so that it can be mapped.</summary>
internal sealed unsafe class PageMemory : ElementMemory, IDisposable
{
    private readonly nint _stride;
    private readonly byte* _start;
    private void* _allocation;

    /// <exception cref="OutOfMemoryException">There is not as much memory.</exception>
    public PageMemory(uint count, int stride)
    {
        _stride = stride;
        nuint page = (nuint)Environment.SystemPageSize;
        Length = ((count * (nuint)stride) + page - 1) / page * page;
        // Zeroed pages come from the system untouched, so that those nobody uses take no memory; aligned ones would have to be cleared.
        _allocation = NativeMemory.AllocZeroed(Length + page);
        _start = (byte*)(((nuint)_allocation + page - 1) / page * page);
    }

    ~PageMemory() => NativeMemory.Free(_allocation);

    /// <summary>Bytes, a multiple of the page size.</summary>
    public nuint Length { get; }

    public nint Address => (nint)_start;

    /// <inheritdoc/>
    public override ref byte this[uint index] => ref Unsafe.AsRef<byte>(_start + (index * _stride));

    /// <inheritdoc/>
    public override ref readonly byte Read(uint index) => ref this[index];

    /// <summary>Gives the memory back. Nobody uses it any more.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_allocation);
        _allocation = null;
        GC.SuppressFinalize(this);
    }
}
