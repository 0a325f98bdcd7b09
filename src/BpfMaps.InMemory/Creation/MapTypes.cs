namespace BpfMaps.InMemory;

/// <summary>The types of a map's key and value.</summary>
/// <param name="Btf">Where they are described; held.</param>
/// <param name="KeyTypeId">The key's type, or 0.</param>
/// <param name="ValueTypeId">The value's type.</param>
/// <param name="LockOffset">Where in the value its lock is, if it has one.</param>
internal sealed record MapTypes(InMemoryBtf Btf, uint KeyTypeId, uint ValueTypeId, int? LockOffset)
{
    /// <summary>Finds the types that a map is to be created with, and checks that they fit it.</summary>
    /// <param name="arguments">What is to be created.</param>
    /// <param name="tables">The host.</param>
    /// <param name="types">The types, of which the BTF is held; <see langword="null"/> if there are to be none.</param>
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
