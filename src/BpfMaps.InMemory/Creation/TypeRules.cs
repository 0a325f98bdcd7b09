using BpfMaps.Metadata;

namespace BpfMaps.InMemory;

/// <summary>The kernel's rules for the BTF types of keys and values, by map type.</summary>
internal static class TypeRules
{
    /// <summary>Checks the types that a map is created with.</summary>
    /// <returns><see langword="false"/> if they are rejected, with the error number.</returns>
    public static bool Check(in BpfMapCreateArguments arguments, Btf types, out int errno)
    {
        BtfType? key = arguments.BtfKeyTypeId != 0 ? TypeFacts.Resolve(types, arguments.BtfKeyTypeId) : null;
        errno = CheckSizes(arguments, types);
        if (errno == Errno.Ok && key is null && !MayLackKey(arguments.Type))
            errno = Errno.EINVAL;
        if (errno == Errno.Ok && TypeFacts.FindSpinLock(types, arguments.BtfValueTypeId) is not null)
            errno = CheckLock(arguments);
        if (errno == Errno.Ok)
            errno = CheckKey(arguments, types, key);
        return errno == Errno.Ok;
    }

    private static int CheckSizes(in BpfMapCreateArguments arguments, Btf types)
    {
        bool fits =
            (arguments.BtfKeyTypeId == 0 || TypeFacts.SizeOf(types, arguments.BtfKeyTypeId) == arguments.KeySize)
            && TypeFacts.SizeOf(types, arguments.BtfValueTypeId) == arguments.ValueSize;
        return fits ? Errno.Ok : Errno.EINVAL;
    }

    private static int CheckLock(in BpfMapCreateArguments arguments)
    {
        if ((arguments.Flags & (BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram)) != 0)
            return Errno.EACCES;
        return MapTypeFacts.Of(arguments.Type).TakesSpinLock ? Errno.Ok : Errno.EOPNOTSUPP;
    }

    private static int CheckKey(in BpfMapCreateArguments arguments, Btf types, BtfType? key)
    {
        bool fits = arguments.Type switch
        {
            BpfMapType.Array or BpfMapType.PerCpuArray => key is null
                ? IsSection(types, arguments)
                : key is { Kind: BtfKind.Int, IntegerBits: 32, IntegerBitOffset: 0 },
            BpfMapType.LpmTrie => key is { Kind: BtfKind.Struct },
            BpfMapType.BloomFilter => key is null,
            _ => true,
        };
        if (MapTypeFacts.Of(arguments.Type).HoldsMaps)
            return Errno.ENOTSUPP;
        return fits ? Errno.Ok : Errno.EINVAL;
    }

    private static bool MayLackKey(BpfMapType type) =>
        type
            is BpfMapType.Array
                or BpfMapType.PerCpuArray
                or BpfMapType.LpmTrie
                or BpfMapType.BloomFilter
                or BpfMapType.ArrayOfMaps
                or BpfMapType.HashOfMaps;

    /// <summary>An object's data section is an array with one element and a key type that is not an index.</summary>
    private static bool IsSection(Btf types, in BpfMapCreateArguments arguments) =>
        arguments is { Type: BpfMapType.Array, MaxEntries: 1 } && types[arguments.BtfValueTypeId].Kind == BtfKind.DataSection;
}
