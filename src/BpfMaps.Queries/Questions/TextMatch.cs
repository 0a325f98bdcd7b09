using System.Runtime.InteropServices;

namespace BpfMaps.Queries.Questions;

/// <summary>A text field that equals a text or begins with it.</summary>
/// <param name="Part">The part of the element.</param>
/// <param name="Offset">The offset of the field in the part in bytes.</param>
/// <param name="Capacity">The size of the field in bytes.</param>
/// <param name="FirstParameter">The index of the first parameter, as <see cref="TextPattern"/> writes them.</param>
/// <remarks>
/// The field matches if its bytes equal those of the pattern wherever the mask has bits. So one program serves texts of every length, and
/// equality and beginnings.
/// </remarks>
internal sealed record TextMatch(Part Part, int Offset, int Capacity, int FirstParameter) : Predicate
{
    public override bool Evaluate(in Row row)
    {
        ReadOnlySpan<ulong> parameters = row.Parameters[FirstParameter..];
        if (parameters[TextPattern.ImpossibleIndex] != 0)
            return false;
        ReadOnlySpan<byte> text = row[Part].Slice(Offset, Capacity);
        int words = TextPattern.Words(Capacity);
        ReadOnlySpan<byte> pattern = MemoryMarshal.AsBytes(parameters.Slice(TextPattern.PatternIndex, words));
        ReadOnlySpan<byte> mask = MemoryMarshal.AsBytes(parameters.Slice(TextPattern.PatternIndex + words, words));
        for (int index = 0; index < text.Length; index++)
        {
            if (((text[index] ^ pattern[index]) & mask[index]) != 0)
                return false;
        }
        return true;
    }
}
