using System.Runtime.CompilerServices;

namespace BpfMaps.InMemory;

/// <summary>Room for many items of one size, in slabs that are allocated when one of their items is first written.</summary>
internal sealed class SlabMemory
{
    /// <summary>Below what the garbage collector calls a large object, so that slabs of small items are cheap to get and to lose.</summary>
    private const int SlabSize = 64 * 1024;

    private readonly int _itemSize;
    private readonly int _shift;
    private byte[]?[] _slabs = [];
    private byte[]? _zeroes;

    /// <param name="itemSize">Bytes of an item. The items of a slab stand in a row at this stride; a multiple of 8 keeps them aligned.</param>
    public SlabMemory(int itemSize)
    {
        _itemSize = itemSize;
        _shift = int.Max(0, int.Log2(SlabSize / itemSize));
    }

    /// <summary>An item to write to. Items are zeroes at first.</summary>
    public ref byte this[uint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            uint slab = index >> _shift;
            byte[]?[] slabs = _slabs;
            byte[]? bytes = slab < (uint)slabs.Length ? slabs[slab] : null;
            return ref (bytes ?? Allocate(slab))[OffsetInSlab(index)];
        }
    }

    /// <summary>An item to read from, for which nothing is allocated if it was never written.</summary>
    public ref readonly byte Read(uint index)
    {
        uint slab = index >> _shift;
        byte[]?[] slabs = _slabs;
        byte[]? bytes = slab < (uint)slabs.Length ? slabs[slab] : null;
        return ref bytes is not null ? ref bytes[OffsetInSlab(index)] : ref (_zeroes ??= new byte[_itemSize])[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int OffsetInSlab(uint index) => (int)(index & ((1u << _shift) - 1)) * _itemSize;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte[] Allocate(uint slab)
    {
        if (slab >= (uint)_slabs.Length)
            Array.Resize(ref _slabs, (int)Math.Max(slab + 1, Math.Min(2 * (uint)_slabs.Length, (uint)Array.MaxLength)));
        return _slabs[slab] = new byte[_itemSize << _shift];
    }
}
