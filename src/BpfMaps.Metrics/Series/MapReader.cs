using System.Text.RegularExpressions;
using BpfMaps.Metadata;
using BpfMaps.Metrics.Names;

namespace BpfMaps.Metrics.Series;

/// <summary>Reads a map, and maintains the series of its elements.</summary>
/// <remarks>
/// <para>
/// The counter of a series grows by the growth of the counters of its elements since the last read. An element whose counter shrank was
/// removed and added again, so its whole count is added.
/// </para>
/// <para>This type is not thread-safe.</para>
/// </remarks>
internal sealed class MapReader
{
    /// <summary>Marks keys without a series, because a label does not match.</summary>
    private const int NotExported = -2;

    /// <summary>Marks keys for which there was no space for another series.</summary>
    private const int Overflowing = -1;

    /// <summary>The number of stored keys per series, for keys with the same series and keys that are not exported.</summary>
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
        _matches =
        [
            .. _schema.Labels.Select(static l => l.Match is { } pattern ? new Regex(pattern, RegexOptions.CultureInvariant) : null),
        ];
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

    /// <summary>The name of the map in the metrics about maps.</summary>
    public string Name { get; }

    public MetricPlan Plan { get; }

    /// <summary>The label of the metrics about the map itself: <c>map="requests"</c>.</summary>
    public byte[] OwnLabel { get; }

    public string[] LabelNames { get; }

    public SeriesTable Series { get; }

    /// <summary>The totals of the elements without a series.</summary>
    public ulong[] OverflowTotals { get; }

    /// <summary>Whether there ever was an element without a series.</summary>
    public bool HasOverflow { get; private set; }

    /// <summary>Whether the last read succeeded. If not, the map has no series to export.</summary>
    public bool IsRead { get; private set; }

    /// <summary>The number of elements at the last read; <see langword="null"/> for map types that cannot be counted.</summary>
    public long? Entries { get; private set; }

    /// <summary>The number of elements without a series at the last read.</summary>
    public long Dropped { get; private set; }

    public long FailedReads { get; private set; }

    public TimeSpan LastDuration { get; private set; }

    /// <summary>Gets whether the last read saw an element of a series.</summary>
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
            // The previous values may be wrong now. Other maps are not affected.
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
        while (cursor.MoveNext()) { }
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

    // Different elements may overflow at each read, so the sum may shrink even if no element did. Then nothing is added.
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
