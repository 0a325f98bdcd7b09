using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BpfMaps;

/// <summary>Copies a record whose fields have just been written.</summary>
internal static class RecordCopy
{
    /// <summary>Longer records are copied by the runtime.</summary>
    private const int LongestInWords = 128;

    /// <summary>Copies a record in words of 8 bytes.</summary>
    /// <remarks>
    /// The runtime copies 32 or 64 bytes at a time. A processor cannot forward several pending stores of fields to such a load, and stalls
    /// until they reach the cache; it can forward the store of a single word.
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
            Unsafe.WriteUnaligned(
                ref Unsafe.Add(ref destination, at),
                Vector128.Create(Load<ulong>(ref source, at), Load<ulong>(ref source, at + 8))
            );
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
