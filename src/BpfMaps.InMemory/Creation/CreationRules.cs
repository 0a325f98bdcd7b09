namespace BpfMaps.InMemory;

/// <summary>The kernel's rules for creating each map type: what is accepted, and the error for everything else.</summary>
internal static class CreationRules
{
    /// <summary>The largest single allocation of the kernel (KMALLOC_MAX_SIZE); it limits the sizes of keys and values.</summary>
    private const uint LargestAllocation = 4 << 20;

    /// <summary>The overhead of a hash element in addition to its key and value (<c>struct htab_elem</c>).</summary>
    private const uint HashElementSize = 48;

    /// <summary>The largest per-CPU allocation of the kernel (PCPU_MIN_UNIT_SIZE).</summary>
    private const uint LargestPerCpuValue = 32 << 10;

    /// <summary>The largest number of hash buckets: the kernel computes their size, 16 bytes each, in 32 bits.</summary>
    private const uint MostHashEntries = 1u << 27;

    private const uint LengthSize = sizeof(uint),
        LargestPrefix = 256,
        TrieNodeSize = 24;

    /// <summary>NUMA_NO_NODE.</summary>
    private const uint AnyNode = uint.MaxValue;

    private const BpfMapFlags Access =
        BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly | BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram;
    private const BpfMapFlags Placed = BpfMapFlags.NumaNode | Access;
    private const BpfMapFlags HashFlags = BpfMapFlags.NoPrealloc | BpfMapFlags.NoCommonLru | BpfMapFlags.ZeroSeed | Placed;
    private const BpfMapFlags BloomFlags = BpfMapFlags.ZeroSeed | Placed;
    private const BpfMapFlags TrieFlags = BpfMapFlags.NoPrealloc | Placed;

    /// <summary>Checks the arguments of a map creation, except for its types and a template.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Check(in BpfMapCreateArguments arguments)
    {
        if (arguments.BtfVmlinuxValueTypeId != 0 || (arguments.BtfKeyTypeId != 0 && arguments.BtfValueTypeId == 0))
            return Errno.EINVAL;
        if (arguments.MapExtra != 0 && arguments.Type != BpfMapType.BloomFilter)
            return Errno.EINVAL;
        if (HasBoth(arguments.Flags, BpfMapFlags.ReadOnly, BpfMapFlags.WriteOnly))
            return Errno.EINVAL;
        if (HasNode(arguments) && arguments.NumaNode != 0)
            return Errno.EINVAL; // The emulated machine has one NUMA node.

        int errno = arguments.Type switch
        {
            BpfMapType.Hash or BpfMapType.LruHash or BpfMapType.PerCpuHash or BpfMapType.LruPerCpuHash or BpfMapType.HashOfMaps =>
                CheckHash(arguments),
            BpfMapType.Array or BpfMapType.PerCpuArray or BpfMapType.ArrayOfMaps => CheckArray(arguments),
            BpfMapType.LpmTrie => CheckTrie(arguments),
            BpfMapType.Queue or BpfMapType.Stack => CheckKeyless(arguments, Placed),
            BpfMapType.BloomFilter => arguments.ValueSize > LargestAllocation ? Errno.E2BIG : CheckKeyless(arguments, BloomFlags),
            BpfMapType.RingBuf or BpfMapType.UserRingBuf => CheckRing(arguments),
            _ => Enum.IsDefined(arguments.Type) && arguments.Type != BpfMapType.Unspecified ? Errno.ENOTSUPP : Errno.EINVAL,
        };
        return errno != Errno.Ok || IsName(arguments.Name) ? errno : Errno.EINVAL;
    }

    private static int CheckHash(in BpfMapCreateArguments arguments)
    {
        bool isLru = arguments.Type is BpfMapType.LruHash or BpfMapType.LruPerCpuHash;
        bool isPerCpu = arguments.Type.IsPerCpu();
        bool hasListPerCpu = arguments.Flags.HasFlag(BpfMapFlags.NoCommonLru);
        if (arguments.Type == BpfMapType.HashOfMaps && arguments.ValueSize != sizeof(uint))
            return Errno.EINVAL;
        if (!AreAllowed(arguments.Flags, HashFlags) || (!isLru && hasListPerCpu))
            return Errno.EINVAL;
        if (isLru && arguments.Flags.HasFlag(BpfMapFlags.NoPrealloc))
            return Errno.ENOTSUPP;
        if (HasNode(arguments) && (isPerCpu || hasListPerCpu))
            return Errno.EINVAL;
        if (arguments.MaxEntries == 0 || arguments.KeySize == 0 || arguments.ValueSize == 0)
            return Errno.EINVAL;
        if ((ulong)arguments.KeySize + arguments.ValueSize >= LargestAllocation - HashElementSize)
            return Errno.E2BIG;
        if (isPerCpu && arguments.ValueSize > LargestPerCpuValue)
            return Errno.E2BIG;
        return arguments.MaxEntries > MostHashEntries ? Errno.E2BIG : Errno.Ok;
    }

    private static int CheckArray(in BpfMapCreateArguments arguments)
    {
        bool isPerCpu = arguments.Type.IsPerCpu();
        BpfMapFlags flags = arguments.Type == BpfMapType.Array ? Placed | BpfMapFlags.Mmapable | BpfMapFlags.InnerMap : Placed;
        if (arguments.Type == BpfMapType.ArrayOfMaps)
        {
            if (arguments.ValueSize != sizeof(uint))
                return Errno.EINVAL;
            flags &= ~(BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram);
        }

        if (
            arguments.MaxEntries == 0
            || arguments.KeySize != sizeof(uint)
            || arguments.ValueSize == 0
            || !AreAllowed(arguments.Flags, flags)
        )
            return Errno.EINVAL;
        if (isPerCpu && HasNode(arguments))
            return Errno.EINVAL;
        return arguments.ValueSize > int.MaxValue || (isPerCpu && arguments.ValueSize > LargestPerCpuValue) ? Errno.E2BIG : Errno.Ok;
    }

    private static int CheckTrie(in BpfMapCreateArguments arguments)
    {
        if (arguments.MaxEntries == 0 || !arguments.Flags.HasFlag(BpfMapFlags.NoPrealloc) || !AreAllowed(arguments.Flags, TrieFlags))
            return Errno.EINVAL;
        bool takesKey = arguments.KeySize is > LengthSize and <= LengthSize + LargestPrefix;
        return takesKey && arguments.ValueSize is not 0 and <= LargestAllocation - LargestPrefix - TrieNodeSize ? Errno.Ok : Errno.EINVAL;
    }

    private static int CheckKeyless(in BpfMapCreateArguments arguments, BpfMapFlags flags)
    {
        const ulong maxHashFunctions = 15;
        if (
            arguments.MaxEntries == 0
            || arguments.KeySize != 0
            || arguments.ValueSize == 0
            || !AreAllowed(arguments.Flags, flags)
            || arguments.MapExtra > maxHashFunctions
        )
            return Errno.EINVAL;
        return arguments.ValueSize > LargestAllocation ? Errno.E2BIG : Errno.Ok;
    }

    private static bool HasNode(in BpfMapCreateArguments arguments) =>
        arguments.Flags.HasFlag(BpfMapFlags.NumaNode) && arguments.NumaNode != AnyNode;

    private static int CheckRing(in BpfMapCreateArguments arguments)
    {
        bool isSize = uint.IsPow2(arguments.MaxEntries) && arguments.MaxEntries % (uint)Environment.SystemPageSize == 0;
        return isSize && arguments.KeySize == 0 && arguments.ValueSize == 0 && AreAllowed(arguments.Flags, BpfMapFlags.NumaNode)
            ? Errno.Ok
            : Errno.EINVAL;
    }

    private static bool AreAllowed(BpfMapFlags flags, BpfMapFlags allowed) =>
        (flags & ~allowed) == 0 && !HasBoth(flags, BpfMapFlags.ReadOnlyProgram, BpfMapFlags.WriteOnlyProgram);

    private static bool HasBoth(BpfMapFlags flags, BpfMapFlags one, BpfMapFlags other) => flags.HasFlag(one | other);

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        const int longest = 15;
        if (name.Length > longest)
            return false;
        foreach (byte character in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)'_' or (byte)'.'))
                return false;
        }

        return true;
    }
}
