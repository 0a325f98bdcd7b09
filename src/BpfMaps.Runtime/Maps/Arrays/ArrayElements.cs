using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary>The positions of the elements of a mapped array.</summary>
internal static class ArrayElements
{
    /// <summary>Returns the element at a valid index.</summary>
    public static ref TValue At<TValue>(ref byte first, int index)
        where TValue : unmanaged =>
        ref Unsafe.As<byte, TValue>(ref Unsafe.AddByteOffset(ref first, (nint)index * BpfMapTypeFacts.Stride(Unsafe.SizeOf<TValue>())));

    public static void ThrowIfOutOfRange(int index, int length)
    {
        if ((uint)index >= (uint)length)
            Throw(index, length);

        [DoesNotReturn]
        static void Throw(int index, int length) =>
            throw new ArgumentOutOfRangeException(
                nameof(index),
                index,
                $"The array has {length} elements; the index {index} is out of range."
            );
    }

    public static void ThrowIfNotDense<TValue>()
        where TValue : unmanaged
    {
        int size = Unsafe.SizeOf<TValue>();
        int stride = BpfMapTypeFacts.Stride(size);
        if (size != stride)
            throw new NotSupportedException(
                $"{typeof(TValue).Name} has {size} bytes, but the elements are {stride} bytes apart and therefore not a span. Use the indexer, or extend the value to a multiple of 8 bytes."
            );
    }
}
