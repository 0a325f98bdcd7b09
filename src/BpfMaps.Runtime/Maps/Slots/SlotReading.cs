using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Reads values that are shorter in some maps; the missing bytes at the end are 0.</summary>
internal static class SlotReading
{
    public static bool TryRead<TValue>(RawMap raw, ReadOnlySpan<byte> key, out TValue value)
        where TValue : unmanaged
    {
        // Key and value may be the same variable, so the value is not written before the kernel has read the key.
        TValue answer = default;
        bool found = raw.TryLookup(key, MemoryMarshal.AsBytes(new Span<TValue>(ref answer))[..raw.ValueSize]);
        value = answer;
        return found;
    }

    public static TValue Read<TValue>(ReadOnlySpan<byte> bytes)
        where TValue : unmanaged
    {
        if (bytes.Length == Unsafe.SizeOf<TValue>())
            return MemoryMarshal.Read<TValue>(bytes);
        TValue value = default;
        bytes.CopyTo(MemoryMarshal.AsBytes(new Span<TValue>(ref value)));
        return value;
    }
}
