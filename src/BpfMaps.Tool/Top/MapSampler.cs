using System.Diagnostics;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Live;
using BpfMaps.Tool.Loaded;

namespace BpfMaps.Tool.Top;

/// <summary>Compares a map with what it was at the refresh before. It does not hold the map, which would outlive its owners.</summary>
internal sealed class MapSampler
{
    // All maps are read each second: of large ones, only the beginning is.
    private const int MostBytes = 4 << 20;

    private Dictionary<byte[], int>? _before;
    private long _time;

    /// <summary>Reads the map.</summary>
    public MapSample Read(RawMap map, IReadOnlyList<Owner> owners)
    {
        MapSample sample = new(map.Info, owners, map.GetUsage().MemoryLocked, null, false, null);
        try
        {
            if (MapTypeFacts.Of(map.Info.Type).IsRing)
                return sample with { UnreadBytes = ReadRing(map.Info.Id) };
            if (!CanBeRead(map.Info))
                return sample;
            (Dictionary<byte[], int> now, bool isPart) = ReadEntries(map);
            long time = Stopwatch.GetTimestamp();
            double? changes = _before is null || isPart ? null : Changes(_before, now) / Stopwatch.GetElapsedTime(_time, time).TotalSeconds;
            (_before, _time) = (isPart ? null : now, time);
            return sample with { Entries = now.Count, IsPart = isPart, ChangesPerSecond = changes };
        }
        catch (BpfException)
        {
            return sample; // The map cannot be read: only programs may, or it holds objects of the kernel.
        }
    }

    private static long ReadRing(uint id)
    {
        // The kernel maps no memory of descriptors that are read-only.
        using RawMap map = RawMap.OpenById(id, BpfMapAccess.ReadWrite);
        return RingMemory.UnreadBytes(map);
    }

    private static bool CanBeRead(BpfMapInfo info) =>
        MapTypeFacts.Of(info.Type)
            is { Keys: not (MapKeyRule.None or MapKeyRule.Owner or MapKeyRule.CgroupStorage), Values: MapValueRule.Any };

    private static (Dictionary<byte[], int> Entries, bool IsPart) ReadEntries(RawMap map)
    {
        Dictionary<byte[], int> entries = new(ByteArrayComparer.Instance);
        int most = Math.Max(1, MostBytes / (map.KeySize + map.ElementValueSize));
        foreach (Entry entry in EntryReader.Read(map))
        {
            HashCode hash = new();
            hash.AddBytes(entry.Value.Span);
            entries[entry.Key.ToArray()] = hash.ToHashCode();
            if (entries.Count == most)
                return (entries, entries.Count < map.Info.MaxEntries);
        }
        return (entries, false);
    }

    private static int Changes(Dictionary<byte[], int> before, Dictionary<byte[], int> now)
    {
        int removed = before.Keys.Count(key => !now.ContainsKey(key));
        return removed + now.Count(entry => !before.TryGetValue(entry.Key, out int old) || old != entry.Value);
    }
}
