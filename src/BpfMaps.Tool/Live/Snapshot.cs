using System.Diagnostics;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Filters;

namespace BpfMaps.Tool.Live;

/// <summary>The entries of a map at a moment; of per-CPU maps, with the totals.</summary>
internal sealed class Snapshot
{
    private readonly Dictionary<byte[], byte[]> _values = new(ByteArrayComparer.Instance);
    private readonly List<byte[]> _keys = [];

    private Snapshot(long time) => Time = time;

    /// <summary>When it was taken; see <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long Time { get; }

    /// <summary>Gets the keys in the order of the kernel.</summary>
    public IReadOnlyList<byte[]> Keys => _keys;

    public byte[]? ValueOf(byte[] key) => _values.GetValueOrDefault(key);

    /// <summary>Reads the entries that meet a condition, and at most a number of them.</summary>
    public static Snapshot Take(EntryType type, Expression? where, int most = int.MaxValue)
    {
        Snapshot snapshot = new(Stopwatch.GetTimestamp());
        EntryPrinter printer = new(type, showsEachCpu: false);
        foreach (Entry entry in EntryReader.Read(type.Map))
        {
            byte[] value = printer.ValueOf(entry).ToArray();
            if (where is not null && !where.IsTrue(new EntryBytes(entry.Key.Span, value)))
                continue;
            byte[] key = entry.Key.ToArray();
            if (!snapshot._values.TryAdd(key, value))
                continue; // A key that was repeated because the map changed.
            snapshot._keys.Add(key);
            if (snapshot._keys.Count == most)
                break;
        }
        return snapshot;
    }
}
