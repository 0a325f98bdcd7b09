namespace BpfMaps.InMemory;

/// <summary>What the kernel lets be created of each kind, and what it answers to the rest.</summary>
internal static class CreationRules
{
    /// <summary>The most that a kernel allocates in one piece (KMALLOC_MAX_SIZE), which bounds keys and values.</summary>
    private const uint LargestAllocation = 4 << 20;

    /// <summary>The most that a kernel allocates per CPU (PCPU_MIN_UNIT_SIZE).</summary>
    private const uint LargestPerCpuValue = 32 << 10;

    private const BpfMapFlags Access = BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly | BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram;

    private const BpfMapFlags HashFlags = BpfMapFlags.NoPrealloc | BpfMapFlags.NoCommonLru | BpfMapFlags.NumaNode | BpfMapFlags.ZeroSeed | Access;

    /// <summary>Checks what is to be created.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Check(in BpfMapCreateArguments arguments)
    {
        if (arguments.BtfVmlinuxValueTypeId != 0 || (arguments.BtfKeyTypeId != 0 && arguments.BtfValueTypeId == 0))
            return Errno.EINVAL;
        if (arguments.MapExtra != 0 && arguments.Type is not (BpfMapType.BloomFilter or BpfMapType.Arena))
            return Errno.EINVAL;
        if (HasBoth(arguments.Flags, BpfMapFlags.ReadOnly, BpfMapFlags.WriteOnly))
            return Errno.EINVAL;
        if (arguments.Flags.HasFlag(BpfMapFlags.NumaNode) && arguments.NumaNode != 0)
            return Errno.EINVAL; // A machine of one node.

        return arguments.Type switch
        {
            BpfMapType.Hash or BpfMapType.LruHash or BpfMapType.PerCpuHash or BpfMapType.LruPerCpuHash => CheckHash(arguments),
            BpfMapType.RingBuf or BpfMapType.UserRingBuf => CheckRing(arguments),
            _ => Errno.ENOTSUPP,
        };
    }

    private static int CheckHash(in BpfMapCreateArguments arguments)
    {
        bool isLru = arguments.Type is BpfMapType.LruHash or BpfMapType.LruPerCpuHash;
        bool isPerCpu = arguments.Type.IsPerCpu();
        BpfMapFlags flags = arguments.Flags;
        if (!Takes(flags, HashFlags) || (!isLru && flags.HasFlag(BpfMapFlags.NoCommonLru)))
            return Errno.EINVAL;
        if (isLru && flags.HasFlag(BpfMapFlags.NoPrealloc))
            return Errno.ENOTSUPP;
        if (flags.HasFlag(BpfMapFlags.NumaNode) && (isPerCpu || flags.HasFlag(BpfMapFlags.NoCommonLru)))
            return Errno.EINVAL;
        if (arguments.MaxEntries == 0 || arguments.KeySize == 0 || arguments.ValueSize == 0)
            return Errno.EINVAL;
        return (ulong)arguments.KeySize + arguments.ValueSize >= LargestAllocation - 48 || (isPerCpu && arguments.ValueSize > LargestPerCpuValue)
            ? Errno.E2BIG
            : Errno.Ok;
    }

    private static int CheckRing(in BpfMapCreateArguments arguments)
    {
        bool isSize = uint.IsPow2(arguments.MaxEntries) && arguments.MaxEntries % (uint)Environment.SystemPageSize == 0;
        return isSize && arguments.KeySize == 0 && arguments.ValueSize == 0 && Takes(arguments.Flags, BpfMapFlags.NumaNode) ? Errno.Ok : Errno.EINVAL;
    }

    private static bool Takes(BpfMapFlags flags, BpfMapFlags allowed) =>
        (flags & ~allowed) == 0 && !HasBoth(flags, BpfMapFlags.ReadOnlyProgram, BpfMapFlags.WriteOnlyProgram);

    private static bool HasBoth(BpfMapFlags flags, BpfMapFlags one, BpfMapFlags other) => flags.HasFlag(one | other);
}
