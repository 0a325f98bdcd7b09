namespace BpfMaps.Metadata;

/// <summary>A field of a struct or union: its offset and type.</summary>
public sealed class BpfFieldLayout
{
    /// <summary>Describes a field.</summary>
    /// <param name="name">The name; empty for an anonymous member.</param>
    /// <param name="offset">The offset in the containing struct in bytes.</param>
    /// <param name="type">The type; for an array, the type of its elements.</param>
    /// <param name="count">The number of elements of an array, including those of nested arrays; 0 if the field is not an array.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> or <paramref name="count"/> is negative.</exception>
    public BpfFieldLayout(string name, int offset, BpfTypeLayout type, int count = 0)
        : this(name, offset, type, count, 0, 0) { }

    private BpfFieldLayout(string name, int offset, BpfTypeLayout type, int count, int bitOffset, int bitSize)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Name = name;
        Offset = offset;
        Type = type;
        Count = count;
        BitOffset = bitOffset;
        BitSize = bitSize;
    }

    /// <summary>Gets the name; empty for an anonymous member.</summary>
    public string Name { get; }

    /// <summary>Gets the offset in the containing struct in bytes.</summary>
    public int Offset { get; }

    /// <summary>Gets the type; for an array, the type of its elements.</summary>
    public BpfTypeLayout Type { get; }

    /// <summary>Gets the number of elements of an array; 0 if the field is not an array.</summary>
    public int Count { get; }

    /// <summary>Gets the offset of a bitfield in the byte at <see cref="Offset"/> in bits, 0 to 7.</summary>
    /// <remarks>
    /// It is counted from the least significant bit on little-endian machines, and from the most significant bit on big-endian machines.
    /// </remarks>
    public int BitOffset { get; }

    /// <summary>Gets the number of bits of a bitfield; 0 for other fields.</summary>
    public int BitSize { get; }

    /// <summary>Gets the size in bytes, including all elements; for a bitfield, the number of bytes that contain its bits.</summary>
    public int Size => BitSize == 0 ? Type.Size * Math.Max(Count, 1) : (BitOffset + BitSize + 7) / 8;

    /// <summary>Describes a bitfield.</summary>
    /// <param name="name">The name.</param>
    /// <param name="offset">The offset of the first byte with bits of the field.</param>
    /// <param name="type">The declared integer or enumeration type.</param>
    /// <param name="bitOffset">The offset in that byte in bits, 0 to 7.</param>
    /// <param name="bitSize">The number of bits, at least 1 and at most those of <paramref name="type"/>.</param>
    /// <returns>The field.</returns>
    /// <exception cref="ArgumentException">A number is out of range, or the type has fields.</exception>
    public static BpfFieldLayout Bitfield(string name, int offset, BpfTypeLayout type, int bitOffset, int bitSize)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!type.IsScalar)
            throw new ArgumentException($"'{name}' is a {type.Kind}, which cannot be a bitfield.", nameof(type));
        ArgumentOutOfRangeException.ThrowIfNegative(bitOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitOffset, 7);
        ArgumentOutOfRangeException.ThrowIfLessThan(bitSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitSize, type.Size * 8);
        return new(name, offset, type, 0, bitOffset, bitSize);
    }

    /// <summary>Returns the name, type and offset: <c>Comm char[16] @8</c>, <c>version u8:4 @0.4</c>.</summary>
    public override string ToString()
    {
        string name = Name.Length == 0 ? "(anonymous)" : Name;
        return BitSize == 0
            ? $"{name} {Type.ShortName}{(Count == 0 ? "" : $"[{Count}]")} @{Offset}"
            : $"{name} {Type.ShortName}:{BitSize} @{Offset}.{BitOffset}";
    }
}
