namespace BpfMaps.Metadata;

/// <summary>Compares an open map with its declaration and lists all differences.</summary>
internal static class SchemaValidation
{
    /// <summary>Flags that an opened map must have if they are declared, because operations or readers of the code rely on them.</summary>
    private const BpfMapFlags Promised =
        BpfMapFlags.Mmapable | BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram | BpfMapFlags.StackBuildId | BpfMapFlags.InnerMap;

    /// <summary>Flags that an opened map must not have unless they are declared, because they change the meaning of the values.</summary>
    private const BpfMapFlags Meaning = BpfMapFlags.StackBuildId;

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
            $"Map {raw} does not match the declaration {declared}: {string.Join("; ", differences)}.",
            differences,
            raw.Name
        );
    }

    internal static List<string> Differences(BpfMapSchema declared, BpfMapInfo actual, int possibleCpus, bool comparesCapacity = true)
    {
        List<string> differences = [];
        if (actual.Type != declared.Type)
            differences.Add($"type is {actual.Type}, but {declared.Type} was declared");
        if (!declared.Type.IsStream())
        {
            // For streams, the map type determines these sizes; the kernel does not have the size of the records.
            if (!declared.Type.IsLocalStorage())
                AddSizeDifference(differences, "key", actual.KeySize, declared.Key);
            if (MapTypeFacts.Of(declared.Type).Holds is null)
                AddSizeDifference(differences, "value", actual.ValueSize, declared.Value);
            else if (declared.ValueSize is { } size && actual.ValueSize != size)
                differences.Add($"value_size is {actual.ValueSize}, but {size} was declared");
        }

        if (comparesCapacity && declared.MaxEntries is { } maxEntries && !HasCapacity(actual, maxEntries, possibleCpus))
            differences.Add($"max_entries is {actual.MaxEntries}, but {maxEntries} was declared");

        BpfMapFlags missing = declared.Flags & Promised & ~actual.Flags;
        if (missing != BpfMapFlags.None)
            differences.Add($"it was created without {missing}, which was declared");
        BpfMapFlags surplus = actual.Flags & Meaning & ~declared.Flags;
        if (surplus != BpfMapFlags.None)
            differences.Add($"it was created with {surplus}, which was not declared");
        return differences;
    }

    private static BpfFieldCheck CompareFields(BpfMapSchema declared, RawMap raw, List<string> differences)
    {
        if (declared.Type.IsStream() || (ComparedKey(declared) ?? declared.Value) is null)
            return BpfFieldCheck.NotNeeded;
        if (declared.Matching is { } matching && matching.AreThoseOf(raw))
            return BpfFieldCheck.Compared;
        if (!MapBtf.TryGetLayouts(raw, out BpfTypeLayout? key, out BpfTypeLayout? value))
            return raw.Info.BtfId == 0 ? BpfFieldCheck.NoTypes : BpfFieldCheck.TypesUnreadable;
        int before = differences.Count;
        AddFieldDifferences(differences, declared, key, value);
        if (differences.Count == before)
            declared.Matching = MatchingTypes.Of(raw);
        return BpfFieldCheck.Compared;
    }

    /// <summary>Compares the fields of key and value if both sides have them. The type of an index does not matter.</summary>
    internal static void AddFieldDifferences(List<string> differences, BpfMapSchema declared, BpfTypeLayout? key, BpfTypeLayout? value)
    {
        if (declared.Type != BpfMapType.LpmTrie || SaysWhereDataBegin(key))
            AddLayoutDifferences(differences, "key", key, ComparedKey(declared));
        AddLayoutDifferences(differences, "value", value, declared.Value);
    }

    private static BpfTypeLayout? ComparedKey(BpfMapSchema declared) =>
        MapTypeFacts.Of(declared.Type).Keys == MapKeyRule.Index ? null : declared.Key;

    /// <summary>
    /// Returns whether the key of a trie has separate fields for the prefix length and the data; some are a number or an array of bytes.
    /// </summary>
    private static bool SaysWhereDataBegin(BpfTypeLayout? key) =>
        key is not null
        && !LeafList
            .Of(key)
            .Before(KernelLimits.PrefixLengthSize)
            .Exists(static leaf => leaf.End > KernelLimits.PrefixLengthSize && !leaf.IsOpaque);

    /// <summary>
    /// Compares a map with the template of inner maps, like the kernel: all flags matter, and the capacity only for arrays.
    /// </summary>
    internal static List<string> InnerDifferences(BpfMapSchema declared, BpfMapInfo actual, int possibleCpus)
    {
        List<string> differences = Differences(
            declared,
            actual,
            possibleCpus,
            comparesCapacity: declared.Type == BpfMapType.Array && !declared.Flags.HasFlag(BpfMapFlags.InnerMap)
        );
        BpfMapFlags flags = declared.Flags & ~(BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly);
        if (actual.Flags != flags)
            differences.Add($"it was created with flags {actual.Flags}, but {flags} were declared");
        return differences;
    }

    private static void AddLayoutDifferences(List<string> differences, string what, BpfTypeLayout? actual, BpfTypeLayout? declared)
    {
        if (actual is null || declared is null)
            return;
        foreach (LayoutDifference difference in LayoutComparison.Compare(declared, actual))
        {
            // The total size was already compared as key_size and value_size.
            if (difference.Kind != LayoutDifferenceKind.TotalSize)
                differences.Add($"in the {what}, {difference.Message}");
        }
    }

    private static void AddMapExtraDifference(List<string> differences, BpfMapSchema declared, BpfMapInfo actual)
    {
        if (declared.MapExtra is not { } extra || actual.Type != declared.Type)
            return;
        MapTypeFacts facts = MapTypeFacts.Of(actual.Type);
        ulong effective = facts.EffectiveMapExtra(actual.MapExtra);
        if (facts.EffectiveMapExtra(extra) != effective)
            differences.Add($"map_extra is {effective}, but {extra} was declared");
    }

    private static void AddSizeDifference(List<string> differences, string what, int actual, BpfTypeLayout? declared)
    {
        if (declared is null && actual != 0)
            differences.Add($"{what}_size is {actual}, but no {what} was declared");
        else if (declared is not null && actual != declared.Size)
            differences.Add($"{what}_size is {actual}, but {declared.Size} was declared: {declared}");
    }

    /// <summary>
    /// Compares capacities. The kernel rounds that of an LRU map with per-CPU lists up to a multiple of the possible CPUs, and loaders
    /// round the size of rings.
    /// </summary>
    private static bool HasCapacity(BpfMapInfo actual, uint declared, int possibleCpus)
    {
        MapTypeFacts facts = MapTypeFacts.Of(actual.Type);
        if (actual.MaxEntries == declared || actual.MaxEntries == facts.LoadedCapacity(declared, (uint)Environment.SystemPageSize))
            return true;
        bool isRounded = facts.IsLru && actual.Flags.HasFlag(BpfMapFlags.NoCommonLru);
        uint cpus = (uint)possibleCpus;
        return isRounded && actual.MaxEntries == (declared + cpus - 1) / cpus * cpus;
    }
}
