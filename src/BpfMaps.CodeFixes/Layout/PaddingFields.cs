using BpfMaps.Generators.Diagnostics;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>Fills a gap with the fewest fields that leave every other field where it is.</summary>
internal static class PaddingFields
{
    private const int LargestNumber = 8;

    private static readonly int[] s_readyMade = [256, 128, 64, 32, 16];

    /// <param name="alignment">That of the struct: a field with a larger one would change the struct's own alignment, and with it its place in others.</param>
    /// <returns>C# types and their offsets, in order.</returns>
    public static IEnumerable<(int Offset, string Type)> Fill(int offset, int length, int alignment)
    {
        int end = offset + length;
        while (offset < end)
        {
            (int size, string type) = Next(offset, end - offset, alignment);
            yield return (offset, type);
            offset += size;
        }
    }

    private static (int Size, string Type) Next(int offset, int length, int alignment)
    {
        // Larger gaps come from a declared Size. The runtime's buffers are aligned to 1 byte and fit anywhere.
        if (length > 2 * LargestNumber)
        {
            int bytes = s_readyMade.First(n => n <= length);
            return (bytes, "global::BpfMaps.Bytes" + bytes.Text());
        }
        int size = Math.Min(LargestNumber, alignment);
        while (size > length || offset % size != 0)
            size /= 2;
        return (size, size switch { 8 => "ulong", 4 => "uint", 2 => "ushort", _ => "byte" });
    }
}
