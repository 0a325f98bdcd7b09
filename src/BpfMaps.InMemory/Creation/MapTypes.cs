namespace BpfMaps.InMemory;

/// <summary>The BTF types of a map's key and value.</summary>
/// <param name="Btf">The BTF that describes them; holds a reference.</param>
/// <param name="KeyTypeId">The type id of the key, or 0.</param>
/// <param name="ValueTypeId">The type id of the value.</param>
/// <param name="LockOffset">The offset of the lock in the value, if it has one.</param>
internal sealed record MapTypes(InMemoryBtf Btf, uint KeyTypeId, uint ValueTypeId, int? LockOffset)
{
    /// <summary>Finds the types that a map is created with and checks that they fit.</summary>
    /// <param name="arguments">The arguments of the creation.</param>
    /// <param name="tables">The host.</param>
    /// <param name="types">The types, with a reference to their BTF; <see langword="null"/> if the map is created without types.</param>
    /// <returns>0, or the error number.</returns>
    public static int Find(in BpfMapCreateArguments arguments, HostTables tables, out MapTypes? types)
    {
        types = null;
        if (arguments.BtfValueTypeId == 0)
            return Errno.Ok;
        if (arguments.Btf is null)
            return Errno.EINVAL;
        if (!tables.Descriptors.TryHold(arguments.Btf, out SharedObject? described))
            return Errno.EBADF;

        int errno = Errno.EINVAL;
        if (described is InMemoryBtf btf && TypeRules.Check(arguments, btf.Types, out errno))
            types = new(btf, arguments.BtfKeyTypeId, arguments.BtfValueTypeId, TypeFacts.FindSpinLock(btf.Types, arguments.BtfValueTypeId));
        else
            described.Release();
        return errno;
    }
}
