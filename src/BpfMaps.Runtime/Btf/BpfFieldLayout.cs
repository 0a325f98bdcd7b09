namespace BpfMaps;

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
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Name = name;
        Offset = offset;
        Type = type;
        Count = count;
    }

    /// <summary>The name; empty for an anonymous member.</summary>
    public string Name { get; }

    /// <summary>Where it starts, in bytes from the start of the struct that it is in.</summary>
    public int Offset { get; }

    /// <summary>The type, or the type of one element of an array.</summary>
    public BpfTypeLayout Type { get; }

    /// <summary>0: no array. n: an array of n elements.</summary>
    public int Count { get; }

    /// <summary>The size in bytes, all elements together.</summary>
    public int Size => Type.Size * Math.Max(Count, 1);

    /// <summary>Name, type and offset: <c>Comm char[16] @8</c>.</summary>
    public override string ToString() => $"{(Name.Length == 0 ? "(anonymous)" : Name)} {Type.ShortName}{(Count == 0 ? "" : $"[{Count}]")} @{Offset}";
}
