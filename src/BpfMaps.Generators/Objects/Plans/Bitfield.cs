namespace BpfMaps.Generators.Objects;

/// <summary>A bitfield or <c>_Bool</c>, and the bytes that its setter may read and write.</summary>
/// <param name="Member">The index in the list of members.</param>
/// <param name="FirstBit">The first bit, counted from the start of the generated struct in the byte order of the object.</param>
/// <param name="Container">The offset of the struct that declares it. The unit of the bitfield is aligned relative to it.</param>
/// <param name="UnitStart">The first byte of its unit that belongs only to bitfields.</param>
internal sealed record Bitfield(int Member, int FirstBit, int Count, int Container, int UnitStart, int UnitEnd)
{
    public int Start => FirstBit / 8;

    public int End => (FirstBit + Count + 7) / 8;
}
