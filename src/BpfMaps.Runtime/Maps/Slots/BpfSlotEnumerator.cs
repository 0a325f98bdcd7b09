using System.Collections;
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
    public readonly void Dispose() { }

    readonly void IEnumerator.Reset() => throw new NotSupportedException();
}
