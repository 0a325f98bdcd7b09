using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Reads a value into an <c>out</c> parameter.</summary>
/// <remarks>
/// Key and value may be the same variable. The kernel copies the key before it writes the value, so nothing else may write the value before
/// the call.
/// </remarks>
internal static class ValueReading
{
    /// <summary>Copies the value of a key; <see langword="default"/> on a miss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead<TValue>(
        this RawMap raw,
        ReadOnlySpan<byte> key,
        out TValue value,
        BpfLookupFlags flags = BpfLookupFlags.None
    )
        where TValue : unmanaged
    {
        Unsafe.SkipInit(out value);
        if (raw.TryLookup(key, MemoryMarshal.AsBytes(new Span<TValue>(ref value)), flags))
            return true;
        value = default;
        return false;
    }

    /// <summary>Copies the value of a key and removes the key; <see langword="default"/> on a miss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake<TValue>(this RawMap raw, ReadOnlySpan<byte> key, out TValue value)
        where TValue : unmanaged
    {
        Unsafe.SkipInit(out value);
        if (raw.TryLookupAndDelete(key, MemoryMarshal.AsBytes(new Span<TValue>(ref value))))
            return true;
        value = default;
        return false;
    }
}
