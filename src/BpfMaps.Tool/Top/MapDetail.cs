using System.Diagnostics;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Live;

namespace BpfMaps.Tool.Top;

/// <summary>The entries of one map, with the rates of their numbers, and its histograms.</summary>
internal sealed class MapDetail
{
    // A screen shows far fewer; the others are only compared.
    private const int MostEntries = 10_000;

    private readonly uint _id;
    private Snapshot? _before;

    public MapDetail(uint id)
    {
        _id = id;
        Refresh();
    }

    public uint Id => _id;

    /// <summary>Gets the map as text; <see langword="null"/> if it is gone.</summary>
    public string? Title { get; private set; }

    /// <summary>Gets the names of the columns: the key, and each field of the value.</summary>
    public IReadOnlyList<string> Headers { get; private set; } = [];

    /// <summary>Gets the entries: those that change most first.</summary>
    public IReadOnlyList<string[]> Rows { get; private set; } = [];

    public IReadOnlyList<(string Key, Histogram Histogram)> Histograms { get; private set; } = [];

    /// <summary>Gets why there are no entries; <see langword="null"/> if there are.</summary>
    public string? Problem { get; private set; }

    public void Refresh()
    {
        try
        {
            using RawMap map = RawMap.OpenById(_id, BpfMapAccess.ReadOnly);
            Read(map);
        }
        catch (Exception exception) when (exception is BpfException or NotSupportedException)
        {
            Problem = exception.Message;
        }
    }

    private void Read(RawMap map)
    {
        Title = map.ToString();
        EntryType type = new(map);
        Snapshot now = Snapshot.Take(type, where: null, MostEntries);
        HistogramSource? source = HistogramSource.TryFind(type);
        Histograms = source?.Read(type, now, isLinear: false) ?? [];
        // The numbers of an array of slots are drawn, and not shown again.
        FieldLeaf[] leaves = [.. FieldLeaf.Of(type.Value).Where(leaf => Histograms.Count == 0 || !IsSlot(leaf, source!))];
        Headers = ["KEY", .. leaves.Select(static leaf => leaf.Path.Length == 0 ? "VALUE" : leaf.Path.ToUpperInvariant())];
        double seconds = _before is null ? 0 : Stopwatch.GetElapsedTime(_before.Time, now.Time).TotalSeconds;
        Rows =
        [
            .. now
                .Keys.Select(key => (Key: key, Activity: Activity(key, now)))
                .OrderByDescending(static entry => entry.Activity)
                .Select(entry => Row(type, leaves, entry.Key, now, seconds)),
        ];
        _before = now;
        Problem = Rows.Count == 0 ? "The map is empty." : null;
    }

    private static bool IsSlot(FieldLeaf leaf, HistogramSource source) =>
        source.Slots is { } slots && leaf.Offset >= slots.Offset && leaf.Offset < slots.Offset + slots.Field.Size;

    /// <summary>Gets whether an entry is new or has changed since the last refresh.</summary>
    private int Activity(byte[] key, Snapshot now) =>
        _before is not null && !now.ValueOf(key).AsSpan().SequenceEqual(_before.ValueOf(key)) ? 1 : 0;

    private string[] Row(EntryType type, FieldLeaf[] leaves, byte[] key, Snapshot now, double seconds)
    {
        byte[] value = now.ValueOf(key)!;
        byte[]? before = _before?.ValueOf(key);
        return [type.KeyText(key), .. leaves.Select(leaf => Cell(type, leaf, value, before, seconds))];
    }

    private static string Cell(EntryType type, FieldLeaf leaf, byte[] value, byte[]? before, double seconds)
    {
        using StringWriter text = new();
        type.ValuePrinter.PrintField(leaf.Field, leaf.In(value), new Printing.TextOutput(text));
        if (before is null || seconds == 0 || !leaf.IsNumber || leaf.In(value).SequenceEqual(leaf.In(before)))
            return text.ToString();
        double rate = (leaf.Number(value) - leaf.Number(before)) / seconds;
        return $"{text} ({(rate < 0 ? "" : "+")}{Printing.Units.Count(rate)}/s)";
    }
}
