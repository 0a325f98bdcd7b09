using BpfMaps.Metadata;

namespace BpfMaps.Generators.Layouts;

/// <summary>A field of a struct or a union.</summary>
/// <param name="BitSize">The number of bits of a bitfield, counted from <paramref name="BitOffset"/> of the byte at the offset; 0 for any
/// other field.</param>
internal sealed record LayoutField(string Name, int Offset, LayoutTypeUse Type, int BitOffset, int BitSize)
{
    public string? CName => Type.CName;

    /// <summary>Gets the place of the field.</summary>
    /// <param name="sizeOf">Returns the size of the type, or of an element of an array.</param>
    public FieldPlace PlaceWith(Func<LayoutTypeUse, int> sizeOf)
    {
        int size = sizeOf(Type);
        int length = BitSize == 0 ? size * Math.Max(Type.Count, 1) : (BitOffset + BitSize + 7) / 8;
        return new(Name, Offset, Offset + length, size, BitOffset, BitSize);
    }
}
