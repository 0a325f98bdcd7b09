using System.Globalization;

namespace BpfMaps.Generators.Model;

/// <summary>Fills a gap with the fewest fields that leave every other field where it is.</summary>
internal static class PaddingFields
{
    private const int LargestNumber = 8;

    private static readonly int[] s_readyMade = [256, 128, 64, 32, 16];

    /// <param name="alignment">That of the struct: a field with a larger one would change the struct's own alignment, and with it its place in others.</param>
    /// <returns>Sizes and offsets, in order.</returns>
    public static IEnumerable<(int Offset, int Size)> Fill(int offset, int length, int alignment)
    {
        int end = offset + length;
        while (offset < end)
        {
            int size = NextSize(offset, end - offset, alignment);
            yield return (offset, size);
            offset += size;
        }
    }

    /// <param name="runtime">What stands before the names of the runtime's types.</param>
    public static string TypeOf(int size, string runtime = "global::BpfMaps.") => size switch
    {
        1 => "byte",
        2 => "ushort",
        4 => "uint",
        8 => "ulong",
        _ => runtime + "Bytes" + size.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The alignment that the type for a size has: the runtime's buffers fit anywhere.</summary>
    public static int AlignmentOf(int size) => size <= LargestNumber ? size : 1;

    /// <summary>A name that nothing else has.</summary>
    /// <param name="take">Takes a name, if it is free.</param>
    public static string TakeName(Func<string, bool> take)
    {
        for (int number = 0; ; number++)
        {
            string name = "_pad" + number.ToString(CultureInfo.InvariantCulture);
            if (take(name))
                return name;
        }
    }

    // Larger gaps come from a declared Size.
    private static int NextSize(int offset, int length, int alignment)
    {
        if (length > 2 * LargestNumber)
            return s_readyMade.First(n => n <= length);
        int size = Math.Min(LargestNumber, alignment);
        while (size > length || offset % size != 0)
            size /= 2;
        return size;
    }
}
