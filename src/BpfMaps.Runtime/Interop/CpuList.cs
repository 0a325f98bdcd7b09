using System.Globalization;

namespace BpfMaps.Interop;

/// <summary>The kernel's notation for sets of CPUs: <c>0-3,8,10-11</c>.</summary>
internal static class CpuList
{
    /// <summary>The largest limit of CPU numbers in the kernel (NR_CPUS).</summary>
    private const int Limit = 1 << 16;

    /// <summary>Parses a list into ascending CPU numbers.</summary>
    /// <returns><see langword="false"/> if the text is not such a list.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out int[] cpus)
    {
        List<int> found = [];
        cpus = [];
        text = text.Trim();
        foreach (Range range in text.Split(','))
        {
            if (!TryParseRange(text[range], out int first, out int last) || (found.Count > 0 && first <= found[^1]))
                return false;
            for (int cpu = first; cpu <= last; cpu++)
                found.Add(cpu);
        }

        cpus = [.. found];
        return true;
    }

    private static bool TryParseRange(ReadOnlySpan<char> text, out int first, out int last)
    {
        int dash = text.IndexOf('-');
        ReadOnlySpan<char> begin = dash < 0 ? text : text[..dash];
        ReadOnlySpan<char> end = dash < 0 ? text : text[(dash + 1)..];
        last = 0;
        return int.TryParse(begin, NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out last)
            && first <= last
            && last < Limit;
    }
}
