using System.Collections;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The keys of a map, read anew by every enumeration. See <see cref="RawMap.Keys"/> for what is guaranteed while the map changes.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
public readonly struct BpfKeyCollection<TKey> : IEnumerable<TKey>
    where TKey : unmanaged
{
    private readonly RawMap _raw;

    internal BpfKeyCollection(RawMap raw) => _raw = raw;

    /// <summary>Walks over the keys in batches; nothing is allocated per key.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(_raw);

    IEnumerator<TKey> IEnumerable<TKey>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks over the keys.</summary>
    public struct Enumerator : IEnumerator<TKey>
    {
        private ElementWalk _walk;

        internal Enumerator(RawMap raw) => _walk = new(TypedCursor.Over(raw, BpfBatchMode.KeysOnly));

        /// <summary>The key.</summary>
        public readonly TKey Current => MemoryMarshal.Read<TKey>(_walk.Key);

        readonly object IEnumerator.Current => Current;

        /// <summary>Goes on to the next key.</summary>
        /// <returns><see langword="false"/> at the end of the map.</returns>
        /// <exception cref="BpfException">The kernel refused (BPF_MAP_LOOKUP_BATCH, Linux 5.6; BPF_MAP_GET_NEXT_KEY before). The walk is over then.</exception>
        public bool MoveNext() => _walk.MoveNext();

        /// <summary>Gives the buffers back.</summary>
        public readonly void Dispose() => _walk.Dispose();

        readonly void IEnumerator.Reset() => throw new NotSupportedException();
    }
}
