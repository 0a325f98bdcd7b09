using System.Collections;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Enumerates the keys of a per-CPU map and the totals of their values in batches, without allocating per element.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public struct BpfTotalEnumerator<TKey, TValue> : IEnumerator<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly PerCpuFormat<TValue> _slots;
    private ElementWalk _walk;

    internal BpfTotalEnumerator(RawMap raw, PerCpuFormat<TValue> slots, BpfBatchMode mode)
    {
        _slots = slots;
        _walk = new(TypedCursor.Over(raw, mode));
    }

    /// <summary>Gets the key and the total of all possible CPUs, which is computed at each call.</summary>
    public readonly KeyValuePair<TKey, TValue> Current => new(MemoryMarshal.Read<TKey>(_walk.Key), _slots.Total(_walk.Value));

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
