using BpfMaps.Metadata;

namespace BpfMaps.InMemory;

/// <summary>Properties of BTF types that the kernel checks.</summary>
internal static class TypeFacts
{
    /// <summary>
    /// The kernel rejects types that contain or alias themselves; here, resolving them stops at this depth (MAX_RESOLVE_DEPTH).
    /// </summary>
    private const int MostLevels = 32;

    /// <summary>Resolves typedefs and qualifiers of a type; <c>void</c> if the id does not exist.</summary>
    public static BtfType Resolve(Btf btf, uint id)
    {
        for (int level = 0; level < MostLevels && id < (uint)btf.Count; level++)
        {
            BtfType type = btf[id];
            if (type.Kind is not (BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag))
                return type;
            id = type.TypeId;
        }

        return btf[0];
    }

    /// <summary>Gets the size of a type in bytes, or -1 if it has no size.</summary>
    public static long SizeOf(Btf btf, uint id)
    {
        long elements = 1;
        BtfType type = Resolve(btf, id);
        for (int level = 0; level < MostLevels && type.Kind == BtfKind.Array; level++, type = Resolve(btf, type.TypeId))
            elements = Math.Min(elements * type.ElementCount, uint.MaxValue);
        return type.Kind switch
        {
            BtfKind.Int or BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Float or BtfKind.DataSection =>
                elements * type.Size,
            BtfKind.Pointer => elements * sizeof(ulong),
            _ => -1,
        };
    }

    /// <summary>Gets the layout of a type; <see langword="null"/> if it has none.</summary>
    public static BpfTypeLayout? FindLayout(Btf btf, uint id)
    {
        try
        {
            return btf.TryGetLayout(id, out BpfTypeLayout? layout, out _) ? layout : null;
        }
        catch (BpfFormatException)
        {
            return null; // The types contradict themselves, so there is no layout.
        }
    }

    /// <summary>
    /// Gets the offset of the <c>bpf_spin_lock</c> in a value; <see langword="null"/> if it has none. Nested structs are searched; unions
    /// and arrays are not.
    /// </summary>
    public static int? FindSpinLock(Btf btf, uint valueTypeId) => FindSpinLock(btf, Resolve(btf, valueTypeId), level: 0);

    private static int? FindSpinLock(Btf btf, BtfType type, int level)
    {
        if (type.Kind != BtfKind.Struct || level == MostLevels)
            return null;

        foreach (BtfMember member in type.Members)
        {
            BtfType inner = btf[member.TypeId];
            int offset = (int)(member.BitOffset / 8);
            if (inner is { Kind: BtfKind.Struct, Name: "bpf_spin_lock" })
                return offset;
            if (FindSpinLock(btf, inner, level + 1) is { } offsetInside)
                return offset + offsetInside;
        }

        return null;
    }
}
