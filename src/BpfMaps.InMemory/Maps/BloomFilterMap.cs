using System.Numerics;
using System.Runtime.CompilerServices;

namespace BpfMaps.InMemory;

/// <summary>A bloom filter with the kernel's size and number of hash functions, and therefore with the same false positive rate.</summary>
internal sealed class BloomFilterMap : InMemoryMap
{
    private const int BitsPerWord = 64;

    private readonly SlabMemory _words = new(sizeof(ulong));
    private readonly uint _hashFunctions;
    private readonly uint _mask;

    public BloomFilterMap(MapShape shape, HostTables tables)
        : base(shape, tables)
    {
        _hashFunctions = HashFunctionsOf(shape);
        _mask = (uint)(BitsOf(shape) - 1);
    }

    /// <summary>Computes the number of bits of the filter: a power of two, at most 2 to the power of 32.</summary>
    public static ulong BitsOf(MapShape shape)
    {
        // n k / ln 2 bits give the fewest false positives; the kernel uses 7/5 for 1 / ln 2.
        ulong bits = (ulong)shape.MaxEntries * HashFunctionsOf(shape) / 5 * 7;
        return bits > 1ul << 31 ? 1ul << 32 : BitOperations.RoundUpToPowerOf2(Math.Max(bits, BitsPerWord));
    }

    /// <summary>Tests whether a value may have been added. The value buffer is an input here.</summary>
    protected override int LookupElement(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value)
    {
        for (uint function = 0; function < _hashFunctions; function++)
        {
            uint bit = BitOf(value, function);
            ref readonly ulong word = ref Unsafe.As<byte, ulong>(ref Unsafe.AsRef(in _words.Read(bit / BitsPerWord)));
            if ((word >> (int)(bit % BitsPerWord) & 1) == 0)
                return Errno.ENOENT;
        }

        return Errno.Ok;
    }

    protected override int UpdateElement(in Caller caller, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        if (flags != 0)
            return Errno.EINVAL;
        for (uint function = 0; function < _hashFunctions; function++)
        {
            uint bit = BitOf(value, function);
            Unsafe.As<byte, ulong>(ref _words[bit / BitsPerWord]) |= 1ul << (int)(bit % BitsPerWord);
        }

        return Errno.Ok;
    }

    protected override int DeleteElement(ReadOnlySpan<byte> key) => Errno.EOPNOTSUPP;

    protected override int NextKey(ReadOnlySpan<byte> key, Span<byte> nextKey) => Errno.EOPNOTSUPP;

    private static uint HashFunctionsOf(MapShape shape) => (uint)MapTypeFacts.Of(shape.Type).EffectiveMapExtra(shape.MapExtra);

    private uint BitOf(ReadOnlySpan<byte> value, uint function) => ByteHash.Of(value, Shape.Seed + function) & _mask;
}
