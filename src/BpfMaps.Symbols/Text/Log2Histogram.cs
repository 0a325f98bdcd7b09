using System.Globalization;

namespace BpfMaps;

/// <summary>Histograms of powers of two as lines of text, the way BPF tools print latencies.</summary>
public static class Log2Histogram
{
    private const int BarWidth = 40;

    /// <summary>Writes one line for each slot between the first and the last that are not empty; nothing if all are.</summary>
    /// <param name="output">Receives the lines.</param>
    /// <param name="counts">
    /// The counts: slot 0 counts values of 0 and 1, slot i values from 2^i to 2^(i+1) - 1, as <c>log2</c> of BPF programs and the
    /// histograms of BpfMaps.Metrics have them. At most 64.
    /// </param>
    /// <param name="unit">The unit of the values, for the heading: <c>us</c>.</param>
    /// <exception cref="ArgumentException">There are more than 64 counts.</exception>
    public static void Write(TextWriter output, ReadOnlySpan<ulong> counts, string unit)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (counts.Length > 64)
            throw new ArgumentException(
                $"A histogram of powers of two has at most 64 slots, but there are {counts.Length} counts.",
                nameof(counts)
            );
        int first = counts.IndexOfAnyExcept(0ul),
            last = counts.LastIndexOfAnyExcept(0ul);
        if (first < 0)
            return;

        ulong most = 0;
        foreach (ulong count in counts)
            most = Math.Max(most, count);
        int width = Math.Max(unit.Length, Range(last).Length);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{unit.PadLeft(width)} : count      distribution"));
        for (int slot = first; slot <= last; slot++)
        {
            string bar = new('*', (int)Math.Ceiling(counts[slot] * (double)BarWidth / most));
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Range(slot).PadLeft(width)} : {counts[slot], -10} |{bar.PadRight(BarWidth)}|"
                )
            );
        }
    }

    private static string Range(int slot) =>
        string.Create(CultureInfo.InvariantCulture, $"{(slot == 0 ? 0 : 1ul << slot)} -> {(2ul << slot) - 1}");
}
