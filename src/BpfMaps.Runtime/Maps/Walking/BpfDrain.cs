using System.Collections;

namespace BpfMaps;

/// <summary>The elements of a map, which are removed as they are enumerated. See <see cref="BpfHashMap{TKey, TValue}.Drain"/>.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public readonly struct BpfDrain<TKey, TValue> : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly RawMap _raw;

    internal BpfDrain(RawMap raw) => _raw = raw;

    /// <summary>Removes elements in batches and returns them.</summary>
    /// <returns>The enumerator.</returns>
    public BpfElementEnumerator<TKey, TValue> GetEnumerator() => new(_raw, BpfBatchMode.LookupAndDelete);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
