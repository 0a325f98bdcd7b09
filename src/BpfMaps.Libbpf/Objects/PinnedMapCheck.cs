using BpfMaps.Interop;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Compares the maps of an object with the maps that are pinned at their paths, which the load would use.</summary>
internal static class PinnedMapCheck
{
    private const string Side = "the object";

    /// <exception cref="BpfMapMismatchException">A pinned map has another shape than the map of the object.</exception>
    public static void ThrowIfDifferent(BpfObject bpfObject, Func<BpfObjectFile> read)
    {
        List<string> all = [];
        List<string> sentences = [];
        BpfObjectFile? file = null;
        string? mapName = null;
        foreach (BpfObjectMap map in bpfObject.Maps)
        {
            if (map.PinPath is not { } path || !map.AutoCreate || !IsPinned(path))
                continue;
            using RawMap pinned = RawMap.OpenPinned(path, BpfMapAccess.ReadWrite);
            file ??= TryRead(read);
            List<string> differences = Differences(map, pinned, Find(file, map.Name));
            if (differences.Count == 0)
                continue;
            mapName ??= map.Name;
            all.AddRange(differences.Select(difference => $"map '{map.Name}': {difference}"));
            sentences.Add($"The map that is pinned at '{path}' does not match map '{map.Name}': {string.Join("; ", differences)}.");
        }
        if (all.Count == 0)
            return;
        throw new BpfMapMismatchException(
            $"The BPF object '{bpfObject.Name}' was not loaded. {string.Join(' ', sentences)} Nothing was changed: load the version of the "
                + "object that created the map, pin the new map at another path, or remove the pin and with it the data.",
            all,
            mapName
        );
    }

    /// <summary>A path that cannot be reached counts as a pin, so that opening it says why.</summary>
    private static bool IsPinned(string path)
    {
        int errno = Inodes.GetOwner(path, out _, out _);
        return errno is not (Errno.ENOENT or Errno.ENOTDIR);
    }

    private static List<string> Differences(BpfObjectMap map, RawMap pinned, BpfMapDefinition? definition)
    {
        List<string> differences = [];
        if (pinned.Type != map.Type)
            differences.Add($"type is {pinned.Type}, but {map.Type} is defined");
        Add("key_size", pinned.KeySize, map.KeySize);
        Add("value_size", pinned.ValueSize, map.ValueSize);
        if (pinned.MaxEntries != Capacity(map))
            Add("max_entries", pinned.MaxEntries, map.MaxEntries);
        if (pinned.Flags != map.Flags)
            differences.Add($"flags are {pinned.Flags}, but {map.Flags} are defined");
        if (pinned.Type == map.Type)
        {
            MapTypeFacts facts = MapTypeFacts.Of(map.Type);
            ulong actual = facts.EffectiveMapExtra(pinned.Info.MapExtra),
                defined = facts.EffectiveMapExtra(map.MapExtra);
            if (actual != defined)
                differences.Add($"map_extra is {actual}, but {defined} is defined");
        }
        AddFields(differences, map, pinned, definition);
        return differences;

        void Add(string what, long actual, long defined)
        {
            if (actual != defined)
                differences.Add($"{what} is {actual}, but {defined} is defined");
        }
    }

    /// <summary>libbpf rounds the size of rings, and a perf event array without a capacity has one entry for each CPU.</summary>
    private static uint Capacity(BpfObjectMap map) =>
        map is { Type: BpfMapType.PerfEventArray, MaxEntries: 0 }
            ? (uint)BpfHost.Kernel.PossibleCpus.Length
            : MapTypeFacts.Of(map.Type).LoadedCapacity(map.MaxEntries, (uint)Environment.SystemPageSize);

    /// <summary>Compares the fields, if both sides have types. A size that was set before the load has no type.</summary>
    private static void AddFields(List<string> differences, BpfObjectMap map, RawMap pinned, BpfMapDefinition? definition)
    {
        if (definition is null || pinned.Type != map.Type || map.Type.IsStream())
            return;
        if (!MapBtf.TryGetLayouts(pinned, out BpfTypeLayout? key, out BpfTypeLayout? value))
            return;
        if (pinned.KeySize == map.KeySize && MapTypeFacts.Of(map.Type).Keys != MapKeyRule.Index)
            Compare("key", definition.Key, map.KeySize, key);
        if (pinned.ValueSize == map.ValueSize)
            Compare("value", definition.Value, map.ValueSize, value);

        void Compare(string what, BpfTypeLayout? defined, int size, BpfTypeLayout? actual)
        {
            if (defined is null || actual is null || defined.Size != size)
                return;
            differences.AddRange(
                LayoutComparison.Compare(defined, actual, Side).Select(difference => $"in the {what}, {difference.Message}")
            );
        }
    }

    private static BpfObjectFile? TryRead(Func<BpfObjectFile> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is BpfFormatException or IOException or UnauthorizedAccessException)
        {
            return null; // Then only the properties that libbpf has are compared.
        }
    }

    private static BpfMapDefinition? Find(BpfObjectFile? file, string name) =>
        file is not null && file.TryGetMap(name, out BpfMapDefinition? map) ? map : null;
}
