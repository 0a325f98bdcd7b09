using System.ComponentModel;

namespace BpfMaps.Metadata;

/// <summary>A number in a key or value, or an array of numbers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BpfNumberField
{
    /// <summary>Describes a number or an array of numbers.</summary>
    /// <param name="offset">The offset in bytes.</param>
    /// <param name="kind">Unsigned, signed or floating point.</param>
    /// <param name="size">The size of one number: 1, 2, 4 or 8 bytes.</param>
    /// <param name="count">The number of elements.</param>
    public BpfNumberField(int offset, BpfTypeKind kind, int size, int count = 1) =>
        (Offset, Kind, Size, Count) = (offset, kind, size, count);

    internal int Offset { get; }

    internal BpfTypeKind Kind { get; }

    internal int Size { get; }

    internal int Count { get; }
}
