namespace BpfMaps.Metadata;

/// <summary>One field of a struct or a union: where it stands and what it holds.</summary>
public sealed class BpfFieldLayout
{
    /// <summary>Describes a field.</summary>
    /// <param name="name">The name; empty for an anonymous member.</param>
    /// <param name="offset">Where it starts, in bytes from the start of the struct that it is in.</param>
    /// <param name="type">The type, or the type of one element of an array.</param>
    /// <param name="count">0: no array. n: an array of n elements (of arrays of arrays, all their elements).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> or <paramref name="count"/> is negative.</exception>
    public BpfFieldLayout(string name, int offset, BpfTypeLayout type, int count = 0)
        : this(name, offset, type, count, 0, 0)
    {
    }

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

    /// <summary>The name; empty for an anonymous member.</summary>
    public string Name { get; }

    /// <summary>Where it starts, in bytes from the start of the struct that it is in.</summary>
    public int Offset { get; }

    /// <summary>The type, or the type of one element of an array.</summary>
    public BpfTypeLayout Type { get; }

    /// <summary>0: no array. n: an array of n elements.</summary>
    public int Count { get; }

    /// <summary>Of a bitfield, how many bits of the byte at <see cref="Offset"/> stand before it: 0 to 7.</summary>
    /// <remarks>Counted from the least significant bit on a little-endian machine, from the most significant bit on a big-endian one.</remarks>
    public int BitOffset { get; }

    /// <summary>The number of bits of a bitfield; 0 for any other field.</summary>
    public int BitSize { get; }

    /// <summary>The size in bytes, all elements together; of a bitfield, the bytes that it has bits in.</summary>
    public int Size => BitSize == 0 ? Type.Size * Math.Max(Count, 1) : (BitOffset + BitSize + 7) / 8;

    /// <summary>Describes a bitfield.</summary>
    /// <param name="name">The name.</param>
    /// <param name="offset">The first byte that it has bits in.</param>
    /// <param name="type">The integer or enumeration that it is declared as.</param>
    /// <param name="bitOffset">How many bits of that byte stand before it, 0 to 7.</param>
    /// <param name="bitSize">How many bits it has, at least 1 and at most those of <paramref name="type"/>.</param>
    /// <returns>The field.</returns>
    /// <exception cref="ArgumentException">The numbers are not in their ranges, or the type has fields.</exception>
    public static BpfFieldLayout Bitfield(string name, int offset, BpfTypeLayout type, int bitOffset, int bitSize)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!type.IsScalar)
            throw new ArgumentException($"'{name}' is a {type.Kind}, which has no bits of its own.", nameof(type));
        ArgumentOutOfRangeException.ThrowIfNegative(bitOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitOffset, 7);
        ArgumentOutOfRangeException.ThrowIfLessThan(bitSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitSize, type.Size * 8);
        return new(name, offset, type, 0, bitOffset, bitSize);
    }

    /// <summary>Name, type and offset: <c>Comm char[16] @8</c>, <c>version u8:4 @0.4</c>.</summary>
    public override string ToString()
    {
        string name = Name.Length == 0 ? "(anonymous)" : Name;
        return BitSize == 0
            ? $"{name} {Type.ShortName}{(Count == 0 ? "" : $"[{Count}]")} @{Offset}"
            : $"{name} {Type.ShortName}:{BitSize} @{Offset}.{BitOffset}";
    }
}
