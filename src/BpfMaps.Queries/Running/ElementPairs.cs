using System.Runtime.CompilerServices;

namespace BpfMaps.Queries.Running;

/// <summary>Found elements as pairs of C#: programs write keys and values where a pair has them.</summary>
internal static class ElementPairs
{
    /// <summary>Gets the offset of the value in a pair.</summary>
    public static int ValueOffset<TKey, TValue>()
        where TKey : unmanaged
        where TValue : unmanaged
    {
        KeyValuePair<TKey, TValue> pair = default;
        return (int)
            Unsafe.ByteOffset(
                ref Unsafe.As<KeyValuePair<TKey, TValue>, byte>(ref pair),
                ref Unsafe.As<TValue, byte>(ref Fields<TKey, TValue>.Value(ref pair))
            );
    }

    /// <summary>Gets a found element in place.</summary>
    public static ref readonly KeyValuePair<TKey, TValue> At<TKey, TValue>(QueryRunner runner, int index)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)runner.Count, nameof(index));
        return ref Unsafe.As<byte, KeyValuePair<TKey, TValue>>(ref Unsafe.AddByteOffset(ref runner.First, (nint)index * runner.Stride));
    }

    private static class Fields<TKey, TValue>
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "value")]
        public static extern ref TValue Value(ref KeyValuePair<TKey, TValue> pair);
    }
}
