namespace BpfMaps.Metadata;

/// <summary>The place of a field in a struct.</summary>
/// <param name="Name">The name.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="End">The first byte after the field.</param>
/// <param name="UnitSize">The size of the declared type in bytes.</param>
/// <param name="BitOffset">For a bitfield, its first bit, from the offset.</param>
/// <param name="BitSize">The number of bits; 0 for fields that are not bitfields.</param>
internal readonly record struct FieldPlace(string Name, int Offset, int End, int UnitSize, int BitOffset, int BitSize)
{
    public bool IsBitfield => BitSize != 0;
}
