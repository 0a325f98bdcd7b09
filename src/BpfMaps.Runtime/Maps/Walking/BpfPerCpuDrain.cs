using System.Collections;

namespace BpfMaps;

/// <summary>
/// The elements of a per-CPU map, which are removed as they are enumerated. See <see cref="BpfPerCpuHashMap{TKey, TValue}.Drain"/>.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public readonly struct BpfPerCpuDrain<TKey, TValue> : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly RawMap _raw;
    private readonly PerCpuFormat<TValue> _slots;

    internal BpfPerCpuDrain(RawMap raw, PerCpuFormat<TValue> slots)
    {
        _raw = raw;
        _slots = slots;
    }

    /// <summary>Removes elements in batches and returns their totals.</summary>
    /// <returns>The enumerator.</returns>
    public BpfTotalEnumerator<TKey, TValue> GetEnumerator() => new(_raw, _slots, BpfBatchMode.LookupAndDelete);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
