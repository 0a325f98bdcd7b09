namespace BpfMaps.Generators.Model;

/// <summary>A field of a <see cref="TypeLayout"/>.</summary>
/// <param name="Count">0: not an array; n: an array of n elements of <paramref name="Type"/> (arrays of arrays are one flat array).</param>
/// <param name="BitOffset">For a bitfield, the number of bits before it in the byte at the offset.</param>
/// <param name="BitSize">The number of bits of a bitfield; 0 for other fields, including all C# fields.</param>
internal sealed record FieldLayout(string Name, int Offset, TypeLayout Type, int Count, int BitOffset = 0, int BitSize = 0)
{
    public int Size => BitSize > 0 ? (BitOffset + BitSize + 7) / 8 : Type.Size * (Count == 0 ? 1 : Count);

    public int End => Offset + Size;
}
