using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// Enumerates the filled slots of an array in the order of their indices, with one system call per slot and without allocating per slot.
/// </summary>
/// <typeparam name="TValue">The content of a slot.</typeparam>
public struct BpfSlotEnumerator<TValue> : IEnumerator<KeyValuePair<int, TValue>>
    where TValue : unmanaged
{
    private readonly RawMap _raw;
    private int _index = -1;
    private TValue _value = default;

    internal BpfSlotEnumerator(RawMap raw) => _raw = raw;

    /// <summary>Gets the index and the content of the current slot.</summary>
    public readonly KeyValuePair<int, TValue> Current => new(_index, _value);

    readonly object IEnumerator.Current => Current;

    /// <summary>Advances to the next filled slot.</summary>
    /// <returns><see langword="false"/> at the end of the array.</returns>
    /// <exception cref="BpfException">The kernel returned an error (BPF_MAP_LOOKUP_ELEM).</exception>
    public bool MoveNext()
    {
        while (++_index < _raw.MaxEntries)
        {
            if (SlotReading.TryRead(_raw, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in _index)), out _value))
                return true;
        }
        return false;
    }

    /// <summary>Does nothing, because there are no buffers.</summary>
    public readonly void Dispose()
    {
    }

    readonly void IEnumerator.Reset() => throw new NotSupportedException();
}

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
