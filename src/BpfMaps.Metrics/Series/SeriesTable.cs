using System.Globalization;
using System.Text;

namespace BpfMaps.Metrics.Series;

/// <summary>The series of a map: sets of labels with the totals of all elements that have them.</summary>
/// <remarks>
/// A series without elements is not exported, but kept until another one needs its place. If its elements come back, its counters
/// continue from
/// their previous values.
/// </remarks>
internal sealed class SeriesTable(int slots, int capacity)
{
    private readonly Dictionary<string, int> _byLabels = new(StringComparer.Ordinal);
    private readonly Queue<int> _replaceable = new();
    private Row[] _rows = [];
    private ulong[] _totals = [];
    private long _replaceableOf = -1;

    /// <summary>The number of series, including those that are not exported.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<string> LabelsOf(int series) => _rows[series].Labels;

    /// <summary>Gets the labels in text: <c>a="x",b="y"</c>.</summary>
    public ReadOnlySpan<byte> TextOf(int series) => _rows[series].Text;

    public Span<ulong> TotalsOf(int series) => _totals.AsSpan(series * slots, slots);

    /// <summary>Gets whether a read saw an element of a series.</summary>
    public bool WasSeen(int series, long read) => _rows[series].Read == read;

    /// <summary>Marks a series as seen by the current read.</summary>
    /// <returns><see langword="false"/> if it was already seen.</returns>
    public bool Touch(int series, long read)
    {
        if (_rows[series].Read == read)
            return false;
        _rows[series].Read = read;
        return true;
    }

    public void AddKey(int series) => _rows[series].Keys++;

    public void RemoveKey(int series) => _rows[series].Keys--;

    /// <summary>Gets whether there is space for another series.</summary>
    public bool HasRoom(long read)
    {
        if (Count < capacity)
            return true;
        FindReplaceable(read);
        while (_replaceable.TryPeek(out int oldest) && !IsReplaceable(oldest, read))
            _replaceable.Dequeue();
        return _replaceable.Count != 0;
    }

    /// <returns>The series with these labels, which is added if necessary; -1 if there is no space.</returns>
    public int FindOrAdd(string[] labels, Func<string[], byte[]> text, long read)
    {
        string identity = IdentityOf(labels);
        if (_byLabels.TryGetValue(identity, out int known))
            return known;
        if (!HasRoom(read))
            return -1;
        int series = Count < capacity ? Append() : Replace();
        _rows[series] = new()
        {
            Identity = identity,
            Labels = labels,
            Text = text(labels),
            Read = -1,
        };
        TotalsOf(series).Clear();
        _byLabels.Add(identity, series);
        return series;
    }

    private int Append()
    {
        if (Count == _rows.Length)
        {
            int size = Math.Min(capacity, Math.Max(16, Count * 2));
            Array.Resize(ref _rows, size);
            Array.Resize(ref _totals, size * slots);
        }
        return Count++;
    }

    private int Replace()
    {
        int series = _replaceable.Dequeue();
        _byLabels.Remove(_rows[series].Identity);
        return series;
    }

    // Once per read: series that the last read did not see either, the oldest first.
    private void FindReplaceable(long read)
    {
        if (_replaceableOf == read)
            return;
        _replaceableOf = read;
        _replaceable.Clear();
        foreach (int series in Enumerable.Range(0, Count).Where(s => IsReplaceable(s, read)).OrderBy(s => _rows[s].Read))
            _replaceable.Enqueue(series);
    }

    private bool IsReplaceable(int series, long read) => _rows[series].Keys == 0 && _rows[series].Read < read - 1;

    private static string IdentityOf(string[] labels)
    {
        if (labels.Length == 1)
            return labels[0];
        StringBuilder identity = new();
        foreach (string label in labels)
            identity.Append(CultureInfo.InvariantCulture, $"{label.Length}:{label}");
        return identity.ToString();
    }

    private struct Row
    {
        public string Identity;
        public string[] Labels;
        public byte[] Text;
        public int Keys;
        public long Read;
    }
}
