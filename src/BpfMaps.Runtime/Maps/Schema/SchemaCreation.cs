namespace BpfMaps.Metadata;

/// <summary>Creates declared maps: with their types, with a template of their inner maps, and in the form that the kernel has.</summary>
internal static class SchemaCreation
{
    public static RawMap Create(BpfMapSchema schema, BpfMapSpec spec, BpfHost host)
    {
        if (MapTypeFacts.Of(schema.Type).Holds is not null)
            return CreateHolding(schema, spec, host);

        // The kernel's sizes of rings and perf event arrays say nothing of the records, so their types would not fit.
        int errno = Errno.Ok;
        using LoadedBtf? btf = schema.Type.IsStream() ? null : MapBtf.TryLoad(host, KeyType(schema), schema.Value, out errno);
        // The right that is missing is to be named, and not the types that could not be given for the lack of it.
        if (schema.Type.IsLocalStorage() && errno is (Errno.EPERM or Errno.EACCES))
            throw BpfException.Of(
                $"Creating map {schema}",
                errno,
                BpfCommand.BtfLoad,
                schema.Name,
                host.Explain(BpfCommand.BtfLoad, errno, path: null)
            );
        if (btf is null)
            return RawMap.Create(spec, host);
        try
        {
            return RawMap.Create(spec with { Btf = btf.Handle, BtfKeyTypeId = btf.KeyTypeId, BtfValueTypeId = btf.ValueTypeId }, host);
        }
        catch (BpfException problem)
            when (problem.Errno is Errno.EINVAL or Errno.ENOTSUPP or Errno.EOPNOTSUPP && !schema.Type.IsLocalStorage())
        {
            // Not every kind takes types (queues and stacks do not), nor does every kernel. What is wrong with the map itself is said
            // again, and better.
            return RawMap.Create(spec, host);
        }
    }

    /// <summary>The key of a local storage is a descriptor, which no declaration has to say; the kernel wants to hear of it.</summary>
    private static BpfTypeLayout? KeyType(BpfMapSchema schema) => schema.Type.IsLocalStorage() ? BpfTypeLayout.Of<int>() : schema.Key;

    /// <summary>Returns whether the map has no types because it contains kernel objects.</summary>
    private static RawMap CreateHolding(BpfMapSchema schema, BpfMapSpec spec, BpfHost host)
    {
        using RawMap? template = schema.Inner is { } inner ? CreateTemplate(schema, inner, host) : null;
        spec = spec with { InnerMap = template };
        try
        {
            return RawMap.Create(spec, host);
        }
        catch (BpfException problem)
            when (problem.Errno == Errno.EINVAL && schema.ValueSize is null && MapTypeFacts.Of(schema.Type).OlderValueSize is { } older)
        {
            if (TryCreate(spec with { ValueSize = older }, host) is { } map)
                return map;
            throw;
        }
    }

    private static RawMap? TryCreate(BpfMapSpec spec, BpfHost host)
    {
        try
        {
            return RawMap.Create(spec, host);
        }
        catch (BpfException problem) when (problem.Errno == Errno.EINVAL)
        {
            return null;
        }
    }

    /// <summary>A map that the kernel takes the shape of the inner maps from. Of its capacity it takes note for arrays only.</summary>
    private static RawMap CreateTemplate(BpfMapSchema outer, BpfMapSchema inner, BpfHost host)
    {
        bool isOfOneLength = inner.Type == BpfMapType.Array && !inner.Flags.HasFlag(BpfMapFlags.InnerMap);
        if (isOfOneLength && inner.MaxEntries is null)
            throw new InvalidOperationException(
                $"The inner maps of {outer} are arrays, which all have one length: {inner} has to declare MaxEntries, or BpfMapFlags.InnerMap for arrays of any length."
            );
        uint smallest = inner.Type.IsRing() ? (uint)Environment.SystemPageSize : 1;
        return inner.Create(inner.MaxEntries ?? (inner.Type.HasNoCapacity() ? null : smallest), host);
    }
}
