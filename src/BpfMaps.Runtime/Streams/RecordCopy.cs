using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BpfMaps;

/// <summary>Copies a record that its owner has just filled in, field by field.</summary>
internal static class RecordCopy
{
    /// <summary>Longer records are copied as the runtime does it.</summary>
    private const int LongestInWords = 128;

    /// <summary>Copies a record in words of 8 bytes.</summary>
    /// <remarks>
    /// The runtime copies 32 or 64 bytes at once. A processor cannot load those while the single fields that they consist of are still on their
    /// way to the cache, and waits longer for that than the rest of a record takes; a word it takes from the store that wrote it.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T>(in T record, ref byte destination)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() > LongestInWords)
        {
            Unsafe.WriteUnaligned(ref destination, record);
            return;
        }

        ref byte source = ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in record));
        nint at = 0;
        for (; at <= Unsafe.SizeOf<T>() - 16; at += 16)
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, at), Vector128.Create(Load<ulong>(ref source, at), Load<ulong>(ref source, at + 8)));
        if ((Unsafe.SizeOf<T>() & 8) != 0)
            at += Move<ulong>(ref source, ref destination, at);
        if ((Unsafe.SizeOf<T>() & 4) != 0)
            at += Move<uint>(ref source, ref destination, at);
        if ((Unsafe.SizeOf<T>() & 2) != 0)
            at += Move<ushort>(ref source, ref destination, at);
        if ((Unsafe.SizeOf<T>() & 1) != 0)
            Move<byte>(ref source, ref destination, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWord Load<TWord>(ref byte source, nint at) => Unsafe.ReadUnaligned<TWord>(ref Unsafe.Add(ref source, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Move<TWord>(ref byte source, ref byte destination, nint at)
    {
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, at), Load<TWord>(ref source, at));
        return Unsafe.SizeOf<TWord>();
    }
}
