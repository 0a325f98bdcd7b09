namespace BpfMaps.Metadata;

/// <summary>Compares an open map with its declaration and lists every difference at once.</summary>
internal static class SchemaValidation
{
    /// <summary>Flags that an opened map must have if the declaration has them: without them an operation of the class fails, or a promise to the reader of the code is not kept.</summary>
    private const BpfMapFlags Promised = BpfMapFlags.Mmapable | BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram | BpfMapFlags.StackBuildId | BpfMapFlags.InnerMap;

    /// <summary>Flags that an opened map must not have if the declaration has them not: they change what the values mean.</summary>
    private const BpfMapFlags Meaning = BpfMapFlags.StackBuildId;

    /// <summary>BLOOM_FILTER: what the kernel takes for a map_extra of 0.</summary>
    private const ulong UsualHashFunctions = 5;

    public static void ThrowIfDifferent(BpfMapSchema declared, RawMap raw)
    {
        List<string> differences = Differences(declared, raw.Info, raw.Host.PossibleCpuCount);
        AddMapExtraDifference(differences, declared, raw.Info);
        BpfFieldCheck check = CompareFields(declared, raw, differences);
        if (differences.Count == 0)
        {
            raw.FieldCheck = check;
            return;
        }
        throw new BpfMapMismatchException(
            $"Map {raw} is not the declared map {declared}: {string.Join("; ", differences)}.", differences, raw.Name);
    }

    internal static List<string> Differences(BpfMapSchema declared, BpfMapInfo actual, int possibleCpus, bool comparesCapacity = true)
    {
        List<string> differences = [];
        if (actual.Type != declared.Type)
            differences.Add($"its type is {actual.Type}, declared is {declared.Type}");
        if (!declared.Type.IsStream())
        {
            // Of a stream the kind decides these sizes; how long its records are the kernel does not know.
            if (!declared.Type.IsLocalStorage())
                AddSizeDifference(differences, "key", actual.KeySize, declared.Key);
            if (!declared.Type.DecidesValues())
                AddSizeDifference(differences, "value", actual.ValueSize, declared.Value);
            else if (declared.ValueSize is { } size && actual.ValueSize != size)
                differences.Add($"its value_size is {actual.ValueSize}, declared is {size}");
        }

        if (comparesCapacity && declared.MaxEntries is { } maxEntries && !HasCapacity(actual, maxEntries, possibleCpus))
            differences.Add($"its max_entries is {actual.MaxEntries}, declared is {maxEntries}");

        BpfMapFlags missing = declared.Flags & Promised & ~actual.Flags;
        if (missing != BpfMapFlags.None)
            differences.Add($"it was created without {missing}, which is declared");
        BpfMapFlags surplus = actual.Flags & Meaning & ~declared.Flags;
        if (surplus != BpfMapFlags.None)
            differences.Add($"it was created with {surplus}, which is not declared");
        return differences;
    }

    private static BpfFieldCheck CompareFields(BpfMapSchema declared, RawMap raw, List<string> differences)
    {
        if (declared.Type.IsStream() || (ComparedKey(declared) ?? declared.Value) is null)
            return BpfFieldCheck.NotNeeded;
        if (!MapBtf.TryGetLayouts(raw, out BpfTypeLayout? key, out BpfTypeLayout? value))
            return raw.Info.BtfId == 0 ? BpfFieldCheck.NoTypes : BpfFieldCheck.TypesUnreadable;
        AddFieldDifferences(differences, declared, key, value);
        return BpfFieldCheck.Compared;
    }

    /// <summary>Compares the fields of key and value, as far as both sides have them. An index is an index, whatever its type.</summary>
    internal static void AddFieldDifferences(List<string> differences, BpfMapSchema declared, BpfTypeLayout? key, BpfTypeLayout? value)
    {
        if (declared.Type != BpfMapType.LpmTrie || SaysWhereDataBegin(key))
            AddLayoutDifferences(differences, "key", key, ComparedKey(declared));
        AddLayoutDifferences(differences, "value", value, declared.Value);
    }

    private static BpfTypeLayout? ComparedKey(BpfMapSchema declared) => declared.Type.HasIndexKeys() ? null : declared.Key;

    /// <summary>Whether a trie's key has fields for the prefix length and for the data: some are a number or an array of bytes.</summary>
    private static bool SaysWhereDataBegin(BpfTypeLayout? key) =>
        key is not null && !LeafList.Of(key).Before(sizeof(uint)).Exists(static leaf => leaf.End > sizeof(uint) && !leaf.IsOpaque);

    /// <summary>In what a map is not the inner map that the kernel compares it with: of that the flags count whole, and the capacity for arrays only.</summary>
    internal static List<string> InnerDifferences(BpfMapSchema declared, BpfMapInfo actual, int possibleCpus)
    {
        List<string> differences = Differences(declared, actual, possibleCpus, comparesCapacity: declared.Type == BpfMapType.Array && !declared.Flags.HasFlag(BpfMapFlags.InnerMap));
        BpfMapFlags flags = declared.Flags & ~(BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly);
        if (actual.Flags != flags)
            differences.Add($"it was created with flags {actual.Flags}, declared are {flags}");
        return differences;
    }

    private static void AddLayoutDifferences(List<string> differences, string what, BpfTypeLayout? actual, BpfTypeLayout? declared)
    {
        if (actual is null || declared is null)
            return;
        foreach (LayoutDifference difference in LayoutComparison.Compare(declared, actual))
        {
            // That the whole is larger or smaller was said of key_size and value_size.
            if (difference.Kind != LayoutDifferenceKind.TotalSize)
                differences.Add($"in its {what}, {difference.Message}");
        }
    }

    private static void AddMapExtraDifference(List<string> differences, BpfMapSchema declared, BpfMapInfo actual)
    {
        if (declared.MapExtra is { } extra && actual.Type == declared.Type && EffectiveMapExtra(actual.Type, extra) != EffectiveMapExtra(actual.Type, actual.MapExtra))
            differences.Add($"its map_extra is {EffectiveMapExtra(actual.Type, actual.MapExtra)}, declared is {extra}");
    }

    private static ulong EffectiveMapExtra(BpfMapType type, ulong mapExtra) => type == BpfMapType.BloomFilter && mapExtra == 0 ? UsualHashFunctions : mapExtra;

    private static void AddSizeDifference(List<string> differences, string what, int actual, BpfTypeLayout? declared)
    {
        if (declared is null && actual != 0)
            differences.Add($"its {what}_size is {actual}, declared is no {what}");
        else if (declared is not null && actual != declared.Size)
            differences.Add($"its {what}_size is {actual}, declared is {declared}");
    }

    /// <summary>An LRU map with a list per CPU has its capacity rounded up to a multiple of the possible CPUs, and loaders round the sizes of rings.</summary>
    private static bool HasCapacity(BpfMapInfo actual, uint declared, int possibleCpus)
    {
        if (actual.MaxEntries == declared || (actual.Type.IsRing() && actual.MaxEntries == RingCapacity.Loaded(declared)))
            return true;
        bool isRounded = actual.Type is BpfMapType.LruHash or BpfMapType.LruPerCpuHash && actual.Flags.HasFlag(BpfMapFlags.NoCommonLru);
        uint cpus = (uint)possibleCpus;
        return isRounded && actual.MaxEntries == (declared + cpus - 1) / cpus * cpus;
    }
}
