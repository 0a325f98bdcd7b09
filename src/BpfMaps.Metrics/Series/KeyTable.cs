namespace BpfMaps.Metrics.Series;

/// <summary>The keys of a map at the last read, with their series and numbers.</summary>
/// <remarks>A hash table that finds known keys without allocations.</remarks>
internal sealed class KeyTable(int keySize, int numbers)
{
    private int[] _buckets = new int[16];
    private Entry[] _entries = new Entry[16];
    private byte[] _keys = new byte[16 * keySize];
    private ulong[] _numbers = new ulong[16 * numbers];
    private int _used;
    private int _firstFree = -1;

    /// <summary>The number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the series of a key, or a special value of <see cref="MapReader"/>.</summary>
    public ref int SeriesOf(int entry) => ref _entries[entry].Series;

    /// <summary>Gets the numbers of a key at the last read.</summary>
    public Span<ulong> NumbersOf(int entry) => _numbers.AsSpan(entry * numbers, numbers);

    /// <summary>Marks a key as seen by the current read.</summary>
    /// <returns><see langword="false"/> if it was already seen. During concurrent writes, some map types return a key twice.</returns>
    public bool Touch(int entry, long read)
    {
        bool isFirst = _entries[entry].Read != read;
        _entries[entry].Read = read;
        return isFirst;
    }

    /// <returns>The entry of a key; -1 for an unknown key.</returns>
    public int Find(ReadOnlySpan<byte> key)
    {
        int hash = HashOf(key);
        for (int at = _buckets[hash & (_buckets.Length - 1)] - 1; at >= 0; at = _entries[at].Next)
        {
            if (_entries[at].Hash == hash && _keys.AsSpan(at * keySize, keySize).SequenceEqual(key))
                return at;
        }
        return -1;
    }

    /// <summary>Adds an unknown key with numbers of 0.</summary>
    public int Add(ReadOnlySpan<byte> key, int series)
    {
        int at = TakeEntry();
        int hash = HashOf(key);
        ref int bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _entries[at] = new()
        {
            Hash = hash,
            Next = bucket - 1,
            Series = series,
            IsUsed = true,
        };
        bucket = at + 1;
        key.CopyTo(_keys.AsSpan(at * keySize));
        NumbersOf(at).Clear();
        Count++;
        return at;
    }

    /// <summary>Removes the keys that a read has not seen.</summary>
    /// <param name="read">The read.</param>
    /// <param name="forget">Called with the series of each.</param>
    public void RemoveUnseen(long read, Action<int> forget)
    {
        for (int at = 0; at < _used; at++)
        {
            if (!_entries[at].IsUsed || _entries[at].Read == read)
                continue;
            forget(_entries[at].Series);
            Unlink(at);
            _entries[at] = new() { Next = _firstFree };
            _firstFree = at;
            Count--;
        }
    }

    private static int HashOf(ReadOnlySpan<byte> key)
    {
        HashCode hash = default;
        hash.AddBytes(key);
        return hash.ToHashCode();
    }

    private int TakeEntry()
    {
        if (_firstFree >= 0)
        {
            int free = _firstFree;
            _firstFree = _entries[free].Next;
            return free;
        }
        if (_used == _entries.Length)
            Grow();
        return _used++;
    }

    private void Grow()
    {
        int size = _entries.Length * 2;
        Array.Resize(ref _entries, size);
        Array.Resize(ref _keys, size * keySize);
        Array.Resize(ref _numbers, size * numbers);
        _buckets = new int[size];
        for (int at = 0; at < _used; at++)
        {
            ref int bucket = ref _buckets[_entries[at].Hash & (size - 1)];
            _entries[at].Next = bucket - 1;
            bucket = at + 1;
        }
    }

    private void Unlink(int entry)
    {
        ref int bucket = ref _buckets[_entries[entry].Hash & (_buckets.Length - 1)];
        if (bucket - 1 == entry)
        {
            bucket = _entries[entry].Next + 1;
            return;
        }
        int at = bucket - 1;
        while (_entries[at].Next != entry)
            at = _entries[at].Next;
        _entries[at].Next = _entries[entry].Next;
    }

    private struct Entry
    {
        public int Hash;
        public int Next;
        public int Series;
        public long Read;
        public bool IsUsed;
    }
}
