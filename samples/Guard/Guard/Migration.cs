using System.Runtime.CompilerServices;
using BpfMaps;

namespace Guard;

/// <summary>Counters of a source as the first version of Guard stored them, without bytes.</summary>
#pragma warning disable BPFMAP038 // The object of this version has no such map; the name is not compared when a map is opened.
[BpfMap(Type = BpfMapType.LruHash, Key = typeof(Address), MaxEntries = 65_536, Name = "sources1", ClassName = "SourcesOfVersion1Map")]
#pragma warning restore BPFMAP038
internal struct SourceOfVersion1
{
    public ulong Packets;
    public ulong Dropped;
    public ulong Second;
    public ulong InSecond;
}

/// <summary>
/// Converts the map of a version with another layout: read typed, written typed, and swapped with one rename. The filter of the earlier
/// version runs on with its own map until this version takes over its link.
/// </summary>
internal static class Migration
{
    /// <returns>The number of sources, or <see langword="null"/> if the pinned map has not the layout of version 1.</returns>
    public static int? Run(Pins pins)
    {
        if (!IsOfVersion1(pins.Sources))
            return null;
        using SourcesOfVersion1Map old = SourcesOfVersion1Map.OpenPinned(pins.Sources);
        using SourceMap converted = SourceMap.Create();
        List<KeyValuePair<Address, Source>> sources = [];
        foreach ((Address address, SourceOfVersion1 source) in old)
            sources.Add(new(address, Convert(source)));
        converted.SetRange(sources);

        string swap = pins.Sources + "_migrated";
        File.Delete(swap); // of a migration that was killed
        converted.Pin(swap);
        File.Move(swap, pins.Sources, overwrite: true);
        return sources.Count;
    }

    private static bool IsOfVersion1(string pin)
    {
        if (!File.Exists(pin))
            return false;
        using RawMap map = RawMap.OpenPinned(pin);
        return map.ValueSize == Unsafe.SizeOf<SourceOfVersion1>();
    }

    private static Source Convert(in SourceOfVersion1 source) =>
        new()
        {
            Packets = source.Packets,
            Dropped = source.Dropped,
            Second = source.Second,
            InSecond = source.InSecond,
        };
}
