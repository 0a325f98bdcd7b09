namespace BpfMaps.Metadata;

/// <summary>Computes the places of the members of structs, unions and sections, and checks that they are inside.</summary>
internal static class BtfMembers
{
    // For deeply nested types, the innermost fields are enough.
    private const int MaxProblemLength = 1000;

    /// <summary>Converts a member of a struct or union to a field.</summary>
    /// <param name="owner">The struct or the union.</param>
    /// <param name="member">The member.</param>
    /// <param name="type">Its type, without typedefs, qualifiers and arrays.</param>
    /// <param name="layout">The layout of that type.</param>
    /// <param name="count">0, or the number of elements of an array.</param>
    public static BpfFieldLayout Place(BtfType owner, in BtfMember member, BtfType type, BpfTypeLayout layout, int count)
    {
        long bit = member.BitOffset;
        int bits = member.BitSize;
        if (bits == 0 && count == 0 && type.Kind == BtfKind.Int && (type.IntegerBitOffset != 0 || type.IntegerBits != layout.Size * 8))
        {
            // Compilers without the flag for bitfields create an integer type for each bitfield.
            bit += type.IntegerBitOffset;
            bits = type.IntegerBits;
        }
        if (owner.Kind == BtfKind.Union && bit != 0)
            owner.Throw($"has its member '{member.Name}' at bit {bit}; the members of a union are at 0");
        if (bits != 0)
            return Bitfield(owner, member.Name, bit, bits, layout, count);
        if (bit % 8 != 0)
            owner.Throw($"has its member '{member.Name}' at bit {bit}, which is in the middle of a byte, and it is no bitfield");
        return Place(owner, owner.Size, member.Name, bit / 8, layout, count);
    }

    /// <summary>Checks the place of a member without bytes.</summary>
    public static void CheckPlace(BtfType owner, in BtfMember member)
    {
        if (member.BitOffset > owner.Size * 8L)
            owner.Throw($"has {owner.Size} bytes, and '{member.Name}' at bit {member.BitOffset}");
    }

    /// <summary>A field at a byte of a type that has <paramref name="ownerSize"/> of them.</summary>
    public static BpfFieldLayout Place(BtfType owner, long ownerSize, string name, long offset, BpfTypeLayout layout, int count)
    {
        long size = (long)layout.Size * Math.Max(count, 1);
        if (offset > ownerSize - size)
            owner.Throw($"has {ownerSize} bytes, and '{name}' of {size} bytes at {offset} in it");
        return new(name, (int)offset, layout, count);
    }

    /// <summary>Explains why a type has no layout if one of its members has none.</summary>
    public static string Within(BtfType owner, in BtfMember member, string problem) =>
        problem.Length > MaxProblemLength ? problem : $"field '{member.Name}' of '{owner}': {problem}";

    private static BpfFieldLayout Bitfield(BtfType owner, string name, long bit, int bits, BpfTypeLayout layout, int count)
    {
        if (count != 0 || !layout.IsScalar || layout.Kind == BpfTypeKind.Float || bits > layout.Size * 8)
            owner.Throw($"has a bitfield '{name}' of {bits} bits, which is declared as '{layout}'");
        if (bit + bits > owner.Size * 8L)
            owner.Throw($"has {owner.Size} bytes, and a bitfield '{name}' of {bits} bits at bit {bit} in it");
        return BpfFieldLayout.Bitfield(name, (int)(bit / 8), layout, (int)(bit % 8), bits);
    }
}
