using System.Runtime.CompilerServices;

namespace BpfMaps.InMemory;

/// <summary>Memory for elements of one size, in slabs that are allocated when one of their elements is first written.</summary>
internal sealed class SlabMemory : ElementMemory
{
    /// <summary>
    /// The slab size; below the garbage collector's limit for large objects, so that slabs of small elements are cheap to allocate and
    /// collect.
    /// </summary>
    private const int SlabSize = 64 * 1024;

    private readonly int _elementSize;
    private readonly int _shift;
    private byte[]?[] _slabs = [];
    private byte[]? _zeroes;

    /// <param name="elementSize">The size and stride of an element in bytes; a multiple of 8 keeps elements aligned.</param>
    public SlabMemory(int elementSize)
    {
        _elementSize = elementSize;
        _shift = int.Log2(int.Max(1, SlabSize / elementSize));
    }

    /// <inheritdoc/>
    public override ref byte this[uint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref (Slab(index) ?? Allocate(index >> _shift))[OffsetInSlab(index)];
    }

    /// <inheritdoc/>
    public override ref readonly byte Read(uint index)
    {
        byte[]? slab = Slab(index);
        return ref slab is not null ? ref slab[OffsetInSlab(index)] : ref (_zeroes ??= new byte[_elementSize])[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte[]? Slab(uint index)
    {
        uint slab = index >> _shift;
        byte[]?[] slabs = _slabs;
        return slab < (uint)slabs.Length ? slabs[slab] : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int OffsetInSlab(uint index) => (int)(index & ((1u << _shift) - 1)) * _elementSize;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte[] Allocate(uint slab)
    {
        if (slab >= (uint)_slabs.Length)
            Array.Resize(ref _slabs, (int)Math.Max(slab + 1, Math.Min(2 * (uint)_slabs.Length, (uint)Array.MaxLength)));
        return _slabs[slab] = new byte[_elementSize << _shift];
    }
}
