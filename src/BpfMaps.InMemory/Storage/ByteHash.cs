using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>The hash function that distributes keys over buckets.</summary>
internal static class ByteHash
{
    // Two odd numbers with irregular bits: the fractional parts of the golden ratio and of the square root of 3.
    private const ulong First = 0x9e37_79b9_7f4a_7c15;
    private const ulong Second = 0xbb67_ae85_84ca_a73b;

    /// <summary>Computes the hash of bytes. Different seeds give different hashes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ReadOnlySpan<byte> bytes, ulong seed) =>
        bytes.Length == sizeof(uint) ? Fold(Mix(seed ^ MemoryMarshal.Read<uint>(bytes), First)) : OfAny(bytes, seed);

    private static uint OfAny(ReadOnlySpan<byte> bytes, ulong seed)
    {
        ulong state = seed ^ (uint)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            state = Mix(state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), First);

        ulong rest = 0;
        for (int index = 0; index < bytes.Length; index++)
            rest |= (ulong)bytes[index] << (8 * index);
        return Fold(Mix(state ^ rest, Second));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong state, ulong factor)
    {
        ulong high = Math.BigMul(state ^ factor, Second, out ulong low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Fold(ulong state) => (uint)(state ^ (state >> 32));
}
