namespace BpfMaps.Generators.Layouts;

/// <summary>A field of a struct or a union.</summary>
/// <param name="BitSize">The number of bits of a bitfield, counted from <paramref name="BitOffset"/> of the byte at the offset; 0 for any
/// other field.</param>
internal sealed record LayoutField(string Name, int Offset, LayoutTypeUse Type, int BitOffset, int BitSize)
{
    public string? CName => Type.CName;
}
