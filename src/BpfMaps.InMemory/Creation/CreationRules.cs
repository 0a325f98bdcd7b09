namespace BpfMaps.InMemory;

/// <summary>The kernel's rules for creating each map type: what is accepted, and the error for everything else.</summary>
internal static class CreationRules
{
    /// <summary>The overhead of a hash element in addition to its key and value (<c>struct htab_elem</c>).</summary>
    private const uint HashElementSize = 48;

    private const uint TrieNodeSize = 24;

    /// <summary>NUMA_NO_NODE.</summary>
    private const uint AnyNode = uint.MaxValue;

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

        MapTypeFacts facts = MapTypeFacts.Of(arguments.Type);
        int errno = arguments.Type switch
        {
            BpfMapType.Array or BpfMapType.PerCpuArray or BpfMapType.ArrayOfMaps => CheckArray(arguments, facts),
            BpfMapType.LpmTrie => CheckTrie(arguments, facts),
            BpfMapType.Queue or BpfMapType.Stack or BpfMapType.BloomFilter => CheckKeyless(arguments, facts),
            _ when facts.IsHash => CheckHash(arguments, facts),
            _ when facts.IsRing => CheckRing(arguments, facts),
            _ => MapTypeFacts.Find(arguments.Type) is null ? Errno.EINVAL : Errno.ENOTSUPP,
        };
        return errno != Errno.Ok || IsName(arguments.Name) ? errno : Errno.EINVAL;
    }

    private static int CheckHash(in BpfMapCreateArguments arguments, MapTypeFacts facts)
    {
        if (facts.HoldsMaps && arguments.ValueSize != facts.OnlyValueSize)
            return Errno.EINVAL;
        // These two have other rules than a flag that the type does not have.
        if (!AreAllowed(arguments.Flags, facts.Flags | BpfMapFlags.NoPrealloc | BpfMapFlags.NumaNode))
            return Errno.EINVAL;
        if (facts.IsLru && arguments.Flags.HasFlag(BpfMapFlags.NoPrealloc))
            return Errno.ENOTSUPP;
        if (HasNode(arguments) && (facts.IsPerCpu || arguments.Flags.HasFlag(BpfMapFlags.NoCommonLru)))
            return Errno.EINVAL;
        if (arguments.MaxEntries == 0 || arguments.KeySize == 0 || arguments.ValueSize == 0)
            return Errno.EINVAL;
        if ((ulong)arguments.KeySize + arguments.ValueSize >= KernelLimits.LargestAllocation - HashElementSize)
            return Errno.E2BIG;
        if (facts.IsPerCpu && arguments.ValueSize > KernelLimits.LargestPerCpuValue)
            return Errno.E2BIG;
        return arguments.MaxEntries > KernelLimits.MostBuckets ? Errno.E2BIG : Errno.Ok;
    }

    private static int CheckArray(in BpfMapCreateArguments arguments, MapTypeFacts facts)
    {
        if (facts.HoldsMaps && arguments.ValueSize != facts.OnlyValueSize)
            return Errno.EINVAL;
        if (
            arguments.MaxEntries == 0
            || arguments.KeySize != facts.KeySize
            || arguments.ValueSize == 0
            || !AreAllowed(arguments.Flags, facts.Flags | BpfMapFlags.NumaNode)
        )
            return Errno.EINVAL;
        if (facts.IsPerCpu && HasNode(arguments))
            return Errno.EINVAL;
        bool isTooLarge = arguments.ValueSize > int.MaxValue || (facts.IsPerCpu && arguments.ValueSize > KernelLimits.LargestPerCpuValue);
        return isTooLarge ? Errno.E2BIG : Errno.Ok;
    }

    private static int CheckTrie(in BpfMapCreateArguments arguments, MapTypeFacts facts)
    {
        if (
            arguments.MaxEntries == 0
            || (arguments.Flags & facts.RequiredFlags) != facts.RequiredFlags
            || !AreAllowed(arguments.Flags, facts.Flags)
        )
            return Errno.EINVAL;
        bool takesKey =
            arguments.KeySize is > KernelLimits.PrefixLengthSize and <= KernelLimits.PrefixLengthSize + KernelLimits.LargestPrefix;
        const uint largestValue = KernelLimits.LargestAllocation - KernelLimits.LargestPrefix - TrieNodeSize;
        return takesKey && arguments.ValueSize is not 0 and <= largestValue ? Errno.Ok : Errno.EINVAL;
    }

    private static int CheckKeyless(in BpfMapCreateArguments arguments, MapTypeFacts facts)
    {
        if (arguments.Type == BpfMapType.BloomFilter && arguments.ValueSize > KernelLimits.LargestAllocation)
            return Errno.E2BIG;
        if (
            arguments.MaxEntries == 0
            || arguments.KeySize != facts.KeySize
            || arguments.ValueSize == 0
            || !AreAllowed(arguments.Flags, facts.Flags)
            || arguments.MapExtra > KernelLimits.MostHashFunctions
        )
            return Errno.EINVAL;
        return arguments.ValueSize > KernelLimits.LargestAllocation ? Errno.E2BIG : Errno.Ok;
    }

    private static bool HasNode(in BpfMapCreateArguments arguments) =>
        arguments.Flags.HasFlag(BpfMapFlags.NumaNode) && arguments.NumaNode != AnyNode;

    private static int CheckRing(in BpfMapCreateArguments arguments, MapTypeFacts facts)
    {
        bool isSize = RingSize.IsExact(arguments.MaxEntries, (uint)Environment.SystemPageSize);
        return isSize && arguments.KeySize == facts.KeySize && arguments.ValueSize == 0 && AreAllowed(arguments.Flags, facts.Flags)
            ? Errno.Ok
            : Errno.EINVAL;
    }

    private static bool AreAllowed(BpfMapFlags flags, BpfMapFlags allowed) =>
        (flags & ~allowed) == 0 && !HasBoth(flags, BpfMapFlags.ReadOnlyProgram, BpfMapFlags.WriteOnlyProgram);

    private static bool HasBoth(BpfMapFlags flags, BpfMapFlags one, BpfMapFlags other) => flags.HasFlag(one | other);

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.Length > KernelLimits.LongestName)
            return false;
        foreach (byte character in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)'_' or (byte)'.'))
                return false;
        }

        return true;
    }
}
