using System.Text;

namespace BpfMaps.InMemory;

/// <summary>Creates maps.</summary>
internal static class MapFactory
{
    /// <summary>Creates a map.</summary>
    /// <param name="arguments">The arguments of the creation.</param>
    /// <param name="tables">The host.</param>
    /// <param name="cpuCount">The number of possible CPUs.</param>
    /// <param name="map">The map; the caller holds a reference.</param>
    /// <returns>0, or the error number.</returns>
    public static int Create(in BpfMapCreateArguments arguments, HostTables tables, int cpuCount, out InMemoryMap? map)
    {
        map = null;
        int errno = CreationRules.Check(arguments);
        if (errno != Errno.Ok)
            return errno;
        errno = FindTemplate(arguments, tables, out MapShape? template);
        if (errno != Errno.Ok)
            return errno;
        errno = FindTypes(arguments, tables, out KeyValueTypes? types);
        if (errno != Errno.Ok)
            return errno;

        MapShape shape = ShapeOf(arguments, tables, cpuCount, types);
        if (!HasMemoryFor(shape))
        {
            types?.Btf.Release();
            return Errno.ENOMEM;
        }

        map = Make(shape, template, tables, cpuCount);
        tables.Maps.Add(map);
        return Errno.Ok;
    }

    private static InMemoryMap Make(MapShape shape, MapShape? template, HostTables tables, int cpuCount) =>
        shape.Type switch
        {
            BpfMapType.Array when shape.Flags.HasFlag(BpfMapFlags.Mmapable) => new MappedArrayMap(
                shape,
                tables,
                new PageMemory(shape.MaxEntries, BpfMapTypeFacts.Stride(shape.ValueSize))
            ),
            BpfMapType.Array or BpfMapType.PerCpuArray => new ArrayMap(
                shape,
                tables,
                new SlabMemory(BpfMapTypeFacts.Stride(shape.Format.StoredSize))
            ),
            BpfMapType.ArrayOfMaps => new ArrayOfMaps(shape, tables, new InnerMaps(template!, tables.Descriptors)),
            BpfMapType.HashOfMaps => new HashOfMaps(shape, tables, new InnerMaps(template!, tables.Descriptors)),
            BpfMapType.LruHash or BpfMapType.LruPerCpuHash => new LruHashMap(shape, tables, cpuCount),
            BpfMapType.LpmTrie => new LpmTrieMap(shape, tables),
            BpfMapType.Queue or BpfMapType.Stack => new LineMap(shape, tables),
            BpfMapType.BloomFilter => new BloomFilterMap(shape, tables),
            BpfMapType.RingBuf => new RingBufferMap(shape, tables),
            BpfMapType.UserRingBuf => new UserRingMap(shape, tables),
            _ => new HashMap(shape, tables),
        };

    /// <summary>
    /// Checks the available memory. The kernel allocates at creation; memory that is missing must be reported here and not during an
    /// update.
    /// </summary>
    private static bool HasMemoryFor(MapShape shape) =>
        shape.ValueSize < Array.MaxLength - sizeof(ulong)
        && (!shape.Type.IsRing() || RingPages.CanHold(shape.MaxEntries))
        && (!shape.Flags.HasFlag(BpfMapFlags.Mmapable) || PageMemory.CanHold(shape.MaxEntries, BpfMapTypeFacts.Stride(shape.ValueSize)))
        && MemoryEstimate.Of(shape, elements: 0) <= (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Gets the shape that all inner maps of a map of maps must have.</summary>
    private static int FindTemplate(in BpfMapCreateArguments arguments, HostTables tables, out MapShape? template)
    {
        template = null;
        if (!MapTypeFacts.Of(arguments.Type).HoldsMaps)
            return Errno.Ok;
        if (arguments.InnerMap is null)
            return Errno.EINVAL;
        if (!tables.Descriptors.TryHold(arguments.InnerMap, out SharedObject? inner))
            return Errno.EBADF;

        template = inner is InMemoryMap map && !MapTypeFacts.Of(map.Shape.Type).HoldsMaps ? map.Shape : null;
        inner.Release();
        return template is null ? Errno.EINVAL : Errno.Ok;
    }

    /// <summary>Finds the types that a map is created with and checks that they fit.</summary>
    /// <param name="arguments">The arguments of the creation.</param>
    /// <param name="tables">The host.</param>
    /// <param name="types">The types, with a reference to their BTF; <see langword="null"/> if the map is created without types.</param>
    /// <returns>0, or the error number.</returns>
    private static int FindTypes(in BpfMapCreateArguments arguments, HostTables tables, out KeyValueTypes? types)
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

    private static MapShape ShapeOf(in BpfMapCreateArguments arguments, HostTables tables, int cpuCount, KeyValueTypes? types) =>
        new()
        {
            Type = arguments.Type,
            KeySize = (int)arguments.KeySize,
            ValueSize = (int)arguments.ValueSize,
            MaxEntries = arguments.Flags.HasFlag(BpfMapFlags.NoCommonLru)
                ? MultipleOf((uint)cpuCount, arguments.MaxEntries)
                : arguments.MaxEntries,
            Flags = arguments.Flags & ~(BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly),
            Name = Encoding.ASCII.GetString(arguments.Name),
            MapExtra = arguments.MapExtra,
            CpuCount = arguments.Type.IsPerCpu() ? cpuCount : 1,
            Seed = arguments.Flags.HasFlag(BpfMapFlags.ZeroSeed) ? 0 : tables.NextSeed(),
            Types = types,
        };

    /// <summary>Gives every CPU's list the same number of elements: rounds up, or down if rounding up overflows.</summary>
    private static uint MultipleOf(uint cpuCount, uint maxEntries)
    {
        ulong rounded = ((ulong)maxEntries + cpuCount - 1) / cpuCount * cpuCount;
        return rounded <= uint.MaxValue ? (uint)rounded : maxEntries / cpuCount * cpuCount;
    }
}
