using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The elements of a per-CPU map with the values of every CPU, for <c>foreach (var (key, values) in map.PerCpu())</c>.</summary>
/// <typeparam name="TKey">The type of the keys; the index of an array is an <see cref="int"/>.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public readonly struct BpfPerCpuElements<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly RawMap _raw;

    internal BpfPerCpuElements(RawMap raw) => _raw = raw;

    /// <summary>Enumerates the elements in batches, without allocating per element.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(_raw);

    /// <summary>Enumerates the elements.</summary>
    public struct Enumerator : IDisposable
    {
        private ElementWalk _walk;

        internal Enumerator(RawMap raw) => _walk = new(TypedCursor.Over(raw, BpfBatchMode.Lookup));

        /// <summary>Gets the element; its values are valid until the next step.</summary>
        public readonly BpfPerCpuElement<TKey, TValue> Current => new(MemoryMarshal.Read<TKey>(_walk.Key), new(_walk.Value));

        /// <summary>Advances to the next element.</summary>
        /// <returns><see langword="false"/> at the end of the map.</returns>
        /// <exception cref="BpfException">
        /// The kernel returned an error (BPF_MAP_LOOKUP_BATCH, Linux 5.6; BPF_MAP_GET_NEXT_KEY before), which ends the enumeration.
        /// </exception>
        public bool MoveNext() => _walk.MoveNext();

        /// <summary>Returns the buffers to the pool.</summary>
        public readonly void Dispose() => _walk.Dispose();
    }
}
