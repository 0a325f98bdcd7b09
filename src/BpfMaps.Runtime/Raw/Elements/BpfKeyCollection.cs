using System.Collections;

namespace BpfMaps;

/// <summary>
/// The keys of a map as bytes. See <see cref="RawMap.Keys"/> for the guarantees if the map is modified during the enumeration.
/// </summary>
public readonly struct BpfKeyCollection : IEnumerable<byte[]>
{
    private readonly RawMap _map;

    internal BpfKeyCollection(RawMap map) => _map = map;

    /// <summary>Enumerates the keys without allocating per key.</summary>
    public Enumerator GetEnumerator() => new(_map);

    IEnumerator<byte[]> IEnumerable<byte[]>.GetEnumerator() => Copies();

    IEnumerator IEnumerable.GetEnumerator() => Copies();

    private IEnumerator<byte[]> Copies()
    {
        using BpfBatchCursor cursor = Enumerator.NewCursor(_map);
        while (cursor.MoveNext())
        {
            for (int index = 0; index < cursor.Count; index++)
                yield return cursor.GetKey(index).ToArray();
        }
    }

    /// <summary>Enumerates the keys.</summary>
    public struct Enumerator : IDisposable
    {
        private readonly BpfBatchCursor _cursor;
        private int _index;

        internal Enumerator(RawMap map)
        {
            _cursor = NewCursor(map);
            _index = -1;
        }

        /// <summary>Gets the current key, valid until the next step.</summary>
        public readonly ReadOnlySpan<byte> Current => _cursor.GetKey(_index);

        /// <summary>Advances to the next key.</summary>
        /// <exception cref="BpfException">The kernel returned an error, which ends the enumeration.</exception>
        public bool MoveNext()
        {
            if (++_index < _cursor.Count)
                return true;
            _index = 0;
            return _cursor.MoveNext();
        }

        /// <summary>Returns the buffers to the pool.</summary>
        public readonly void Dispose() => _cursor.Dispose();

        internal static BpfBatchCursor NewCursor(RawMap map) =>
            new(map, BpfBatchMode.KeysOnly, chunkSize: 0, BpfLookupFlags.None, mayWalk: true);
    }
}
