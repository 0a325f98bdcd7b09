using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>Fills a gap with as few fields as possible, without moving other fields.</summary>
internal static class PaddingFields
{
    private const int LargestNumber = 8;

    private static readonly int[] s_readyMade = [256, 128, 64, 32, 16];

    /// <param name="alignment">The alignment of the struct. Padding fields must not have a larger alignment, which would move the struct in
    /// others.</param>
    /// <returns>Offsets and sizes, in order.</returns>
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

    /// <param name="runtime">The qualifier of types of the runtime library.</param>
    public static string TypeOf(int size, string runtime = "global::BpfMaps.") =>
        size switch
        {
            1 => "byte",
            2 => "ushort",
            4 => "uint",
            8 => "ulong",
            _ => runtime + "Bytes" + size.Text(),
        };

    /// <summary>Gets the alignment of the type for a size. The buffers of the runtime library have alignment 1.</summary>
    public static int AlignmentOf(int size) => size <= LargestNumber ? size : 1;

    /// <summary>Gets an unused name.</summary>
    /// <param name="take">Reserves a name if it is unused.</param>
    public static string TakeName(Func<string, bool> take)
    {
        for (int number = 0; ; number++)
        {
            string name = "_pad" + number.Text();
            if (take(name))
                return name;
        }
    }

    // Only a declared Size causes larger gaps.
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
