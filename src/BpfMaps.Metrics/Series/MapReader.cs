using System.Text.RegularExpressions;
using BpfMaps.Metadata;
using BpfMaps.Metrics.Names;

namespace BpfMaps.Metrics.Series;

/// <summary>Reads a map, and keeps the series that its elements make.</summary>
/// <remarks>
/// <para>
/// A counter of a series grows by what the counters of its elements grew since the last read. An element whose counter shrank was
/// removed and added again, so its whole count is added.
/// </para>
/// <para>Not for use by several threads at once.</para>
/// </remarks>
internal sealed class MapReader
{
    /// <summary>The mark of keys that no series is exported for, because a label does not match.</summary>
    private const int NotExported = -2;

    /// <summary>The mark of keys that came when there was no room for another series.</summary>
    private const int Overflowing = -1;

    /// <summary>Keys of one series, and keys that are not exported, are remembered too.</summary>
    private const int KeysPerSeries = 8;

    private readonly BpfMetricsSchema _schema;
    private readonly Regex?[] _matches;
    private readonly KeyTable _keys;
    private readonly int _mostKeys;
    private readonly ulong[] _now;
    private readonly byte[] _value;
    private readonly ulong[] _overflowNow;
    private readonly ulong[] _overflowBefore;
    private readonly Action<int> _forget;
    private readonly TimeProvider _time;
    private long _read;

    public MapReader(BpfMap map, string name, int maxSeries, TimeProvider time)
    {
        Map = map;
        Name = name;
        OwnLabel = LabelText.Write(["map"], [name]);
        _time = time;
        _schema = map.DeclaredSchema.Metrics?.Invoke() ?? new(labels: [], metrics: []);
        Plan = new(_schema);
        LabelNames = [.. _schema.Labels.Select(static l => l.Name)];
        Series = new(Plan.SeriesSlots.Length, maxSeries);
        OverflowTotals = new ulong[Plan.SeriesSlots.Length];
        _matches = [.. _schema.Labels.Select(static l => l.Match is { } pattern ? new Regex(pattern, RegexOptions.CultureInvariant) : null)];
        _keys = new(map.Raw.KeySize, Plan.Slots.Length);
        _mostKeys = (int)Math.Min(int.MaxValue / 4, (long)maxSeries * KeysPerSeries);
        _now = new ulong[Plan.Slots.Length];
        _value = new byte[map.Raw.ValueSize];
        _overflowNow = new ulong[Plan.SeriesSlots.Length];
        _overflowBefore = new ulong[Plan.SeriesSlots.Length];
        _forget = series =>
        {
            if (series >= 0)
                Series.RemoveKey(series);
        };
    }

    public BpfMap Map { get; }

    /// <summary>What the map is called in the metrics about maps.</summary>
    public string Name { get; }

    public MetricPlan Plan { get; }

    /// <summary><c>map="requests"</c>, the label of the metrics about the map itself.</summary>
    public byte[] OwnLabel { get; }

    public string[] LabelNames { get; }

    public SeriesTable Series { get; }

    /// <summary>The totals of the elements that have no series of their own.</summary>
    public ulong[] OverflowTotals { get; }

    /// <summary>Whether there ever was an element without a series of its own.</summary>
    public bool HasOverflow { get; private set; }

    /// <summary>Whether the last read succeeded. If not, the map has no series to export.</summary>
    public bool IsRead { get; private set; }

    /// <summary>How many elements the map had at the last read; <see langword="null"/> for kinds that cannot be counted.</summary>
    public long? Entries { get; private set; }

    /// <summary>How many elements of the last read have no series of their own.</summary>
    public long Dropped { get; private set; }

    public long FailedReads { get; private set; }

    public TimeSpan LastDuration { get; private set; }

    /// <summary>Whether the last read saw an element of a series.</summary>
    public bool IsExported(int series) => IsRead && Series.WasSeen(series, _read);

    /// <summary>Reads the map once, in batches.</summary>
    public void Read()
    {
        long start = _time.GetTimestamp();
        try
        {
            Entries = Walk();
            IsRead = true;
        }
        catch (Exception problem) when (problem is BpfException or ObjectDisposedException)
        {
            // What was exported before is no longer known to be true, and other maps have nothing to do with it.
            IsRead = false;
            Entries = null;
            FailedReads++;
        }
        LastDuration = _time.GetElapsedTime(start);
    }

    private long? Walk()
    {
        if (Plan.Metrics.Length == 0)
            return Count();
        _read++;
        Dropped = 0;
        Array.Clear(_overflowNow);
        using BpfBatchCursor cursor = TypedCursor.Over(Map.Raw, BpfBatchMode.Lookup);
        while (cursor.MoveNext())
        {
            for (int i = 0; i < cursor.Count; i++)
                Add(cursor.GetKey(i), cursor.GetValue(i));
        }
        _keys.RemoveUnseen(_read, _forget);
        AddOverflow();
        return cursor.TotalCount;
    }

    private long? Count()
    {
        if (Map.Raw.Type is BpfMapType.Array or BpfMapType.PerCpuArray)
            return Map.Raw.MaxEntries;
        if (!Map.Raw.Type.WalksByBucket() && Map.Raw.Type != BpfMapType.LpmTrie)
            return null;
        using BpfBatchCursor cursor = TypedCursor.Over(Map.Raw, BpfBatchMode.KeysOnly);
        while (cursor.MoveNext())
        {
        }
        return cursor.TotalCount;
    }

    private void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> element)
    {
        int entry = _keys.Find(key);
        if (entry < 0 && _keys.Count < _mostKeys)
            entry = Know(key);
        int series = entry < 0 ? Overflowing : _keys.SeriesOf(entry);
        if (series == Overflowing && entry >= 0 && Series.HasRoom(_read))
            series = Assign(entry, key);
        if (entry >= 0 && !_keys.Touch(entry, _read))
            return;
        if (series == NotExported)
            return;

        Map.Total(element, _value);
        for (int slot = 0; slot < _now.Length; slot++)
            _now[slot] = Plan.Slots[slot].Read(_value);
        ulong bucket = Plan.Bucket?.Read(key) ?? 0;
        if (series == Overflowing)
        {
            Dropped++;
            for (int slot = 0; slot < _now.Length; slot++)
                AddTo(_overflowNow, slot, bucket, _now[slot]);
            return;
        }
        AddToSeries(series, _keys.NumbersOf(entry), bucket);
    }

    private void AddToSeries(int series, Span<ulong> before, ulong bucket)
    {
        Span<ulong> totals = Series.TotalsOf(series);
        if (Series.Touch(series, _read))
            ClearGauges(totals);
        bool isNew = false;
        for (int slot = 0; slot < _now.Length && !isNew; slot++)
            isNew = !Plan.Slots[slot].IsGauge && Plan.Slots[slot].IsBelow(_now[slot], before[slot]);
        for (int slot = 0; slot < _now.Length; slot++)
        {
            bool isWhole = isNew || Plan.Slots[slot].IsGauge;
            AddTo(totals, slot, bucket, isWhole ? _now[slot] : Plan.Slots[slot].Subtract(_now[slot], before[slot]));
            before[slot] = _now[slot];
        }
    }

    private void AddTo(Span<ulong> totals, int slot, ulong bucket, ulong number)
    {
        ref ulong total = ref totals[Plan.TargetOf(slot, bucket)];
        total = Plan.Slots[slot].Add(total, number);
    }

    private void ClearGauges(Span<ulong> totals)
    {
        for (int slot = 0; slot < totals.Length; slot++)
        {
            if (Plan.SeriesSlots[slot].IsGauge)
                totals[slot] = 0;
        }
    }

    // Which elements overflow changes from read to read, so their sum may shrink though none of them did: then it adds nothing.
    private void AddOverflow()
    {
        HasOverflow |= Dropped > 0;
        for (int slot = 0; slot < OverflowTotals.Length; slot++)
        {
            MetricSlot number = Plan.SeriesSlots[slot];
            if (number.IsGauge)
                OverflowTotals[slot] = _overflowNow[slot];
            else if (!number.IsBelow(_overflowNow[slot], _overflowBefore[slot]))
                OverflowTotals[slot] = number.Add(OverflowTotals[slot], number.Subtract(_overflowNow[slot], _overflowBefore[slot]));
            _overflowBefore[slot] = _overflowNow[slot];
        }
    }

    private int Know(ReadOnlySpan<byte> key)
    {
        int entry = _keys.Add(key, Overflowing);
        Assign(entry, key);
        return entry;
    }

    private int Assign(int entry, ReadOnlySpan<byte> key)
    {
        int series = FindSeries(key);
        if (series >= 0)
            Series.AddKey(series);
        return _keys.SeriesOf(entry) = series;
    }

    private int FindSeries(ReadOnlySpan<byte> key)
    {
        string[] labels = new string[_schema.Labels.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = _schema.Labels[i].GetText(key);
            if (_matches[i]?.IsMatch(labels[i]) == false)
                return NotExported;
        }
        return Series.FindOrAdd(labels, TextOf, _read);
    }

    private byte[] TextOf(string[] labels) => LabelText.Write(LabelNames, labels);
}
