namespace BpfMaps.InMemory;

/// <summary>What the kernel wants to know of types in BTF.</summary>
internal static class TypeFacts
{
    /// <summary>The kernel refuses types that contain themselves or stand for themselves; here the search for what they are just ends (MAX_RESOLVE_DEPTH).</summary>
    private const int MostLevels = 32;

    /// <summary>The type that an id stands for, without typedefs and qualifiers; <c>void</c> if there is none.</summary>
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

    /// <summary>Bytes that a type has, or -1 if it has no size.</summary>
    public static long SizeOf(Btf btf, uint id)
    {
        long elements = 1;
        BtfType type = Resolve(btf, id);
        for (int level = 0; level < MostLevels && type.Kind == BtfKind.Array; level++, type = Resolve(btf, type.TypeId))
            elements = Math.Min(elements * type.ElementCount, uint.MaxValue);
        return type.Kind switch
        {
            BtfKind.Int or BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Float or BtfKind.DataSection => elements * type.Size,
            BtfKind.Pointer => elements * sizeof(ulong),
            _ => -1,
        };
    }

    /// <summary>The layout of a type; <see langword="null"/> if it has none.</summary>
    public static BpfTypeLayout? FindLayout(Btf btf, uint id)
    {
        try
        {
            return btf.TryGetLayout(id, out BpfTypeLayout? layout, out _) ? layout : null;
        }
        catch (BpfFormatException)
        {
            return null; // The types contradict themselves: they say nothing.
        }
    }

    /// <summary>Where in a value its <c>bpf_spin_lock</c> is; <see langword="null"/> if it has none. Structs in structs are searched, unions and arrays are not.</summary>
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
