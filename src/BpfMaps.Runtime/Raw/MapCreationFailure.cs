namespace BpfMaps;

/// <summary>Explains why the kernel did not create a map.</summary>
internal static class MapCreationFailure
{
    private const string Command = "BPF_MAP_CREATE";

    // Keys had to fit the BPF stack. Newer kernels accept any size that they can allocate.
    private const int OldMaxHashKeySize = 512;
    private const int MaxPerCpuValueSize = 32 * 1024;
    private const int MaxHashFunctions = 15;
    private const int MaxStackTraceValueSize = 8 * 127;

    public static BpfException Explain(BpfMapSpec spec, BpfHost host, int errno)
    {
        string what = spec.Name is null ? $"Creating a map of type {spec.Type}" : $"Creating map '{spec.Name}' ({spec.Type})";
        string? advice = host.ExplainCreation(spec.Type, errno);
        if (errno is Errno.EPERM or Errno.EACCES or Errno.ENOMEM or Errno.EMFILE or Errno.ENFILE)
            return BpfException.Of(what, errno, Command, spec.Name, advice);

        // ENOTSUPP is about the map type; EINVAL can also be about a rule.
        string? rule = BrokenRule(spec, errno);
        if ((Errno.IsNotSupported(errno) || (errno == Errno.EINVAL && rule is null)) && IsMissing(host, spec.Type))
        {
            string who = host is KernelHost ? "This kernel" : "This host";
            string instead = host.Explain(Command, Errno.ENOTSUPP, path: null) ?? "";
            return new BpfNotSupportedException(
                $"{what} failed: {Errno.Describe(errno)}. {who} does not support maps of type {spec.Type}. {instead}".TrimEnd(),
                errno,
                Command,
                spec.Name
            );
        }

        return BpfException.Of(what, errno, Command, spec.Name, rule ?? advice);
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
        bool isArray =
            type
            is BpfMapType.Array
                or BpfMapType.PerCpuArray
                or BpfMapType.ProgArray
                or BpfMapType.PerfEventArray
                or BpfMapType.CgroupArray
                or BpfMapType.ArrayOfMaps
                or BpfMapType.DevMap
                or BpfMapType.SockMap
                or BpfMapType.CpuMap
                or BpfMapType.XskMap
                or BpfMapType.ReusePortSockArray;
        bool isHash = type.WalksByBucket() || type == BpfMapType.SockHash;
        bool isKeyless =
            type
            is BpfMapType.Queue
                or BpfMapType.Stack
                or BpfMapType.BloomFilter
                or BpfMapType.RingBuf
                or BpfMapType.UserRingBuf
                or BpfMapType.Arena;
        bool isRing = type is BpfMapType.RingBuf or BpfMapType.UserRingBuf;
        bool isLru = type is BpfMapType.LruHash or BpfMapType.LruPerCpuHash;

        if (isArray && spec.KeySize != 4)
            return $"The key of an array is an index: key_size must be 4, not {spec.KeySize}.";
        if (isKeyless && spec.KeySize != 0)
            return $"Maps of type {spec.Type} have no keys: key_size must be 0, not {spec.KeySize}.";
        if (isHash && spec.KeySize == 0)
            return "key_size is 0; a hash requires keys of at least 1 byte.";
        if (isHash && errno == Errno.E2BIG && spec.KeySize > OldMaxHashKeySize)
            return $"key_size {spec.KeySize} exceeds the limit of this kernel; older kernels accept at most {OldMaxHashKeySize}.";
        if (type.IsLocalStorage() && errno == Errno.E2BIG)
            return $"value_size {spec.ValueSize} exceeds the limit of local storages: {ushort.MaxValue} bytes including a header of the kernel.";
        if (isRing && spec.ValueSize != 0)
            return $"A ring has no fixed-size values: value_size must be 0, not {spec.ValueSize}.";
        if (isRing && (!uint.IsPow2(spec.MaxEntries) || spec.MaxEntries % (uint)Environment.SystemPageSize != 0))
            return $"max_entries of a ring is its size in bytes and must be a power of two and a multiple of the page size ({Environment.SystemPageSize}), not {spec.MaxEntries}.";
        if (!isRing && spec.ValueSize == 0 && type != BpfMapType.Arena)
            return "value_size is 0.";
        if (spec.MaxEntries == 0 && !type.HasNoCapacity())
            return "max_entries is 0.";
        if (type.IsPerCpu() && spec.ValueSize > MaxPerCpuValueSize)
            return $"value_size {spec.ValueSize} exceeds the limit of per-CPU values, {MaxPerCpuValueSize}.";
        if (type == BpfMapType.StackTrace && (spec.ValueSize % 8 != 0 || spec.ValueSize > MaxStackTraceValueSize))
            return $"value_size of a stack trace map must be a multiple of 8 up to {MaxStackTraceValueSize}, not {spec.ValueSize}.";
        if (type == BpfMapType.LpmTrie && !spec.Flags.HasFlag(BpfMapFlags.NoPrealloc))
            return "An LPM trie must be created with BpfMapFlags.NoPrealloc.";
        if (isLru && spec.Flags.HasFlag(BpfMapFlags.NoPrealloc))
            return "An LRU map cannot be created with BpfMapFlags.NoPrealloc.";
        if (spec.Flags.HasFlag(BpfMapFlags.Mmapable) && type is not (BpfMapType.Array or BpfMapType.Arena))
            return $"Only arrays can be created with BpfMapFlags.Mmapable, not {type}.";
        if (type == BpfMapType.Arena && ArenaRule(spec, errno) is { } arenaRule)
            return arenaRule;
        if (isArray && spec.Flags.HasFlag(BpfMapFlags.NoPrealloc))
            return "An array cannot be created with BpfMapFlags.NoPrealloc.";
        if (type == BpfMapType.BloomFilter && spec.MapExtra > MaxHashFunctions)
            return $"map_extra of a bloom filter is the number of hash functions and must be 1 to {MaxHashFunctions}, not {spec.MapExtra}.";
        if (type is not (BpfMapType.BloomFilter or BpfMapType.Arena) && spec.MapExtra != 0)
            return $"Maps of type {type} have no map_extra: it must be 0, not {spec.MapExtra}.";
        if (type is BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps && spec.InnerMap is null)
            return "A map of maps requires a template: set BpfMapSpec.InnerMap.";
        if (type.IsLocalStorage() && spec.MaxEntries != 0)
            return $"A local storage has no capacity: max_entries must be 0, not {spec.MaxEntries}.";
        if (type.IsLocalStorage() && !spec.Flags.HasFlag(BpfMapFlags.NoPrealloc))
            return "A local storage must be created with BpfMapFlags.NoPrealloc.";
        if (type.IsLocalStorage() && spec.KeySize != 4)
            return $"The key of a local storage is a descriptor: key_size must be 4, not {spec.KeySize}.";
        if (type.IsLocalStorage() && spec.Btf is null)
            return "A local storage requires BTF for key and value: create the map with a typed class.";
        return null;
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
