using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Walks over the filled slots of an array in the order of their indices, with one system call a slot: the kernel has no batches for such arrays. Nothing is allocated per slot.</summary>
/// <typeparam name="TValue">What the kernel tells of the object in a slot.</typeparam>
public struct BpfSlotEnumerator<TValue> : IEnumerator<KeyValuePair<int, TValue>>
    where TValue : unmanaged
{
    private readonly RawMap _raw;
    private int _index = -1;
    private TValue _value = default;

    internal BpfSlotEnumerator(RawMap raw) => _raw = raw;

    /// <summary>The index of the slot, and what the kernel tells of the object in it.</summary>
    public readonly KeyValuePair<int, TValue> Current => new(_index, _value);

    readonly object IEnumerator.Current => Current;

    /// <summary>Goes on to the next filled slot.</summary>
    /// <returns><see langword="false"/> at the end of the array.</returns>
    /// <exception cref="BpfException">The kernel refused (BPF_MAP_LOOKUP_ELEM).</exception>
    public bool MoveNext()
    {
        while (++_index < _raw.MaxEntries)
        {
            if (SlotReading.TryRead(_raw, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in _index)), out _value))
                return true;
        }
        return false;
    }

    /// <summary>Does nothing: there are no buffers to give back.</summary>
    public readonly void Dispose()
    {
    }

    readonly void IEnumerator.Reset() => throw new NotSupportedException();
}

/// <summary>Reads values that are shorter where a map was created for less of them: what is missing at their end is 0.</summary>
internal static class SlotReading
{
    public static bool TryRead<TValue>(RawMap raw, ReadOnlySpan<byte> key, out TValue value)
        where TValue : unmanaged
    {
        // Key and value may be one variable, so nothing is written to the value before the kernel has read the key.
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
