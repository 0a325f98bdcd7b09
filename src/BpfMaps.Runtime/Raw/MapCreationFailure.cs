namespace BpfMaps;

/// <summary>Explains why the kernel did not create a map.</summary>
internal static class MapCreationFailure
{
    public static BpfException Explain(BpfMapSpec spec, BpfHost host, int errno)
    {
        string what = spec.Name is null ? $"Creating a map of type {spec.Type}" : $"Creating map '{spec.Name}' ({spec.Type})";
        string? advice = host.ExplainCreation(spec.Type, errno);
        // Old kernels report a per-CPU value above the limit as a lack of memory.
        bool isTooLarge = errno == Errno.ENOMEM && spec.Type.IsPerCpu() && spec.ValueSize > KernelLimits.LargestPerCpuValue;
        if (!isTooLarge && errno is (Errno.EPERM or Errno.EACCES or Errno.ENOMEM or Errno.EMFILE or Errno.ENFILE))
            return BpfException.Of(what, errno, BpfCommand.MapCreate, spec.Name, advice);

        // ENOTSUPP is about the map type; EINVAL can also be about a rule.
        string? rule = BrokenRule(spec, errno);
        if ((Errno.IsNotSupported(errno) || (errno == Errno.EINVAL && rule is null)) && IsMissing(host, spec.Type))
        {
            string who = host is KernelHost ? "This kernel" : "This host";
            string instead =
                host is KernelHost
                    ? MapTypeAdvice.Missing(spec.Type)
                    : host.Explain(BpfCommand.MapCreate, Errno.ENOTSUPP, path: null) ?? "";
            return new BpfNotSupportedException(
                $"{what} failed: {Errno.Describe(errno)}. {who} does not support maps of type {spec.Type}. {instead}".TrimEnd(),
                errno,
                BpfCommand.MapCreate.Name(),
                spec.Name
            );
        }

        return BpfException.Of(what, errno, BpfCommand.MapCreate, spec.Name, rule ?? advice);
    }

    /// <summary>
    /// Returns whether the host does not support a map type. If that cannot be determined, the original error is reported.
    /// </summary>
    private static bool IsMissing(BpfHost host, BpfMapType type)
    {
        try
        {
            return !host.SupportsMapType(type);
        }
        catch (BpfException)
        {
            return false;
        }
    }

    /// <summary>Returns a sentence about the first kernel rule that the specification violates.</summary>
    private static string? BrokenRule(BpfMapSpec spec, int errno)
    {
        BpfMapType type = spec.Type;
        if (MapTypeFacts.Find(type) is not { } facts)
            return null;
        if (facts.Keys == MapKeyRule.Index && spec.KeySize != facts.KeySize)
            return $"The key of an array is an index: key_size must be {facts.KeySize}, not {spec.KeySize}.";
        if (facts.Keys == MapKeyRule.None && spec.KeySize != 0)
            return $"Maps of type {spec.Type} have no keys: key_size must be 0, not {spec.KeySize}.";
        if (facts.Keys == MapKeyRule.Any && spec.KeySize == 0)
            return "key_size is 0; a hash requires keys of at least 1 byte.";
        if (facts.Keys == MapKeyRule.Any && errno == Errno.E2BIG && spec.KeySize > KernelLimits.LargestKey)
            return $"key_size {spec.KeySize} exceeds the limit of this kernel; older kernels accept at most {KernelLimits.LargestKey}.";
        if (facts.IsLocalStorage && errno == Errno.E2BIG)
            return $"value_size {spec.ValueSize} exceeds the limit of local storages: {KernelLimits.LargestStorage} bytes including a header of the kernel.";
        if (facts.IsRing && spec.ValueSize != 0)
            return $"A ring has no fixed-size values: value_size must be 0, not {spec.ValueSize}.";
        if (facts.IsRing && !RingSize.IsExact(spec.MaxEntries, (uint)Environment.SystemPageSize))
            return $"max_entries of a ring is its size in bytes and must be a power of two and a multiple of the page size ({Environment.SystemPageSize}), not {spec.MaxEntries}.";
        if (!facts.IsRing && spec.ValueSize == 0 && facts.Values != MapValueRule.Memory)
            return "value_size is 0.";
        if (spec.MaxEntries == 0 && !facts.HasNoCapacity)
            return "max_entries is 0.";
        if (facts.IsPerCpu && spec.ValueSize > KernelLimits.LargestPerCpuValue)
            return $"value_size {spec.ValueSize} exceeds the limit of per-CPU values, {KernelLimits.LargestPerCpuValue}.";
        if (facts.Values == MapValueRule.Frames && StackRule(spec) is { } stackRule)
            return stackRule;
        if (type == BpfMapType.LpmTrie && !spec.Flags.HasFlag(BpfMapFlags.NoPrealloc))
            return "An LPM trie must be created with BpfMapFlags.NoPrealloc.";
        if ((spec.Flags & ~(facts.Flags | BpfMapFlags.Token)) is not BpfMapFlags.None and var refused)
            return $"Maps of type {type} cannot be created with {refused.ToCode("BpfMapFlags.")}.";
        if (type == BpfMapType.Arena && ArenaRule(spec, errno) is { } arenaRule)
            return arenaRule;
        if (type == BpfMapType.BloomFilter && spec.MapExtra > KernelLimits.MostHashFunctions)
            return $"map_extra of a bloom filter is the number of hash functions and must be 1 to {KernelLimits.MostHashFunctions}, not {spec.MapExtra}.";
        if (type is not (BpfMapType.BloomFilter or BpfMapType.Arena) && spec.MapExtra != 0)
            return $"Maps of type {type} have no map_extra: it must be 0, not {spec.MapExtra}.";
        if (facts.HoldsMaps && spec.InnerMap is null)
            return "A map of maps requires a template: set BpfMapSpec.InnerMap.";
        if (facts.IsLocalStorage && spec.MaxEntries != 0)
            return $"A local storage has no capacity: max_entries must be 0, not {spec.MaxEntries}.";
        if (facts.IsLocalStorage && !spec.Flags.HasFlag(BpfMapFlags.NoPrealloc))
            return "A local storage must be created with BpfMapFlags.NoPrealloc.";
        if (facts.IsLocalStorage && spec.KeySize != facts.KeySize)
            return $"The key of a local storage is a descriptor: key_size must be {facts.KeySize}, not {spec.KeySize}.";
        if (facts.IsLocalStorage && spec.Btf is null)
            return "A local storage requires BTF for key and value: create the map with a typed class.";
        return null;
    }

    private static string? StackRule(BpfMapSpec spec)
    {
        int frame = MapTypeFacts.FrameSize(spec.Flags),
            largest = frame * KernelLimits.MostFrames;
        return spec.ValueSize % frame == 0 && spec.ValueSize <= largest
            ? null
            : $"value_size of a stack trace map must be a multiple of {frame} up to {largest}, not {spec.ValueSize}.";
    }

    private static string? ArenaRule(BpfMapSpec spec, int errno)
    {
        if (!spec.Flags.HasFlag(BpfMapFlags.Mmapable))
            return "An arena must be created with BpfMapFlags.Mmapable.";
        if (spec.ValueSize != 0)
            return $"An arena has no values: value_size must be 0, not {spec.ValueSize}.";
        if (errno == Errno.E2BIG)
            return $"max_entries of an arena is its number of pages; {spec.MaxEntries} pages exceed the limit of 4 GiB.";
        if (spec.MapExtra % (ulong)Environment.SystemPageSize != 0)
            return $"The address of an arena (map_extra) must be a multiple of the page size ({Environment.SystemPageSize}), not 0x{spec.MapExtra:x}.";
        return null;
    }
}
