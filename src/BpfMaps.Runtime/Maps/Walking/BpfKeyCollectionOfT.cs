using System.Collections;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// The keys of a map, which each enumeration reads again. See <see cref="RawMap.Keys"/> for the guarantees if the map is modified during
/// the enumeration.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
public readonly struct BpfKeyCollection<TKey> : IEnumerable<TKey>
    where TKey : unmanaged
{
    private readonly RawMap _raw;

    internal BpfKeyCollection(RawMap raw) => _raw = raw;

    /// <summary>Enumerates the keys in batches, without allocating per key.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(_raw);

    IEnumerator<TKey> IEnumerable<TKey>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Enumerates the keys.</summary>
    public struct Enumerator : IEnumerator<TKey>
    {
        private ElementWalk _walk;

        internal Enumerator(RawMap raw) => _walk = new(TypedCursor.Over(raw, BpfBatchMode.KeysOnly));

        /// <summary>Gets the current key.</summary>
        public readonly TKey Current => MemoryMarshal.Read<TKey>(_walk.Key);

        readonly object IEnumerator.Current => Current;

        /// <summary>Advances to the next key.</summary>
        /// <returns><see langword="false"/> at the end of the map.</returns>
        /// <exception cref="BpfException">
        /// The kernel returned an error (BPF_MAP_LOOKUP_BATCH, Linux 5.6; BPF_MAP_GET_NEXT_KEY before), which ends the enumeration.
        /// </exception>
        public bool MoveNext() => _walk.MoveNext();

        /// <summary>Returns the buffers to the pool.</summary>
        public readonly void Dispose() => _walk.Dispose();

        readonly void IEnumerator.Reset() => throw new NotSupportedException();
    }
}
