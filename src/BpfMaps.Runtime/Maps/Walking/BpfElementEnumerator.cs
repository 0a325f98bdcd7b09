using System.Collections;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Enumerates the elements of a map in batches, without allocating per element.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public struct BpfElementEnumerator<TKey, TValue> : IEnumerator<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private ElementWalk _walk;

    internal BpfElementEnumerator(RawMap raw, BpfBatchMode mode) => _walk = new(TypedCursor.Over(raw, mode));

    /// <summary>Gets the current element.</summary>
    public readonly KeyValuePair<TKey, TValue> Current => new(MemoryMarshal.Read<TKey>(_walk.Key), SlotReading.Read<TValue>(_walk.Value));

    readonly object IEnumerator.Current => Current;

    /// <summary>Advances to the next element.</summary>
    /// <returns><see langword="false"/> at the end of the map.</returns>
    /// <exception cref="BpfException">
    /// The kernel returned an error (BPF_MAP_LOOKUP_BATCH, Linux 5.6; BPF_MAP_GET_NEXT_KEY before), which ends the enumeration.
    /// </exception>
    public bool MoveNext() => _walk.MoveNext();

    /// <summary>Returns the buffers to the pool.</summary>
    public readonly void Dispose() => _walk.Dispose();

    readonly void IEnumerator.Reset() => throw new NotSupportedException();
}
