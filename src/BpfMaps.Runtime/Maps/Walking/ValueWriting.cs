using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Writes a value with zeroed padding.</summary>
[SkipLocalsInit]
internal static class ValueWriting
{
    /// <summary>Writes the value of a key. A value without padding is passed to the kernel in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BpfUpdateResult Write<TValue>(
        this RawMap raw,
        ReadOnlySpan<byte> key,
        in TValue value,
        PaddingFormat format,
        BpfUpdateFlags flags
    )
        where TValue : unmanaged =>
        format.HasPadding
            ? WriteClean(raw, key, in value, format, flags)
            : raw.Update(key, MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value)), flags);

    private static BpfUpdateResult WriteClean<TValue>(
        RawMap raw,
        ReadOnlySpan<byte> key,
        in TValue value,
        PaddingFormat format,
        BpfUpdateFlags flags
    )
        where TValue : unmanaged
    {
        using CleanBytes<TValue> bytes = new(in value, format, stackalloc byte[format.ScratchSize]);
        return raw.Update(key, bytes.Bytes, flags);
    }
}
