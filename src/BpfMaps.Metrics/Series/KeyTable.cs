namespace BpfMaps.Metrics.Series;

/// <summary>The keys that a map had at its last read, each with its series and the numbers that it had.</summary>
/// <remarks>A hash table in a few arrays: known keys are found again without an allocation.</remarks>
internal sealed class KeyTable(int keySize, int numbers)
{
    private int[] _buckets = new int[16];
    private Entry[] _entries = new Entry[16];
    private byte[] _keys = new byte[16 * keySize];
    private ulong[] _numbers = new ulong[16 * numbers];
    private int _used;
    private int _firstFree = -1;

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>The series of a key, or one of the marks of <see cref="MapReader"/>.</summary>
    public ref int SeriesOf(int entry) => ref _entries[entry].Series;

    /// <summary>The numbers that a key had at the last read.</summary>
    public Span<ulong> NumbersOf(int entry) => _numbers.AsSpan(entry * numbers, numbers);

    /// <summary>Marks a key as one that the running read has seen.</summary>
    /// <returns>Whether it had not: while others write, some kinds of maps return a key twice.</returns>
    public bool Touch(int entry, long read)
    {
        bool isFirst = _entries[entry].Read != read;
        _entries[entry].Read = read;
        return isFirst;
    }

    /// <returns>The entry of a key; -1 if it is not known.</returns>
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

    /// <summary>Adds a key that is not known; its numbers are 0.</summary>
    public int Add(ReadOnlySpan<byte> key, int series)
    {
        int at = TakeEntry();
        int hash = HashOf(key);
        ref int bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _entries[at] = new() { Hash = hash, Next = bucket - 1, Series = series, IsUsed = true };
        bucket = at + 1;
        key.CopyTo(_keys.AsSpan(at * keySize));
        NumbersOf(at).Clear();
        Count++;
        return at;
    }

    /// <summary>Forgets the keys that a read has not seen.</summary>
    /// <param name="read">The read.</param>
    /// <param name="forget">Gets the series of each.</param>
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
