using System.Globalization;

namespace BpfMaps.Tool.Live;

/// <summary>Counts in slots, drawn as bars.</summary>
/// <param name="Counts">The number of observations in each slot.</param>
/// <param name="IsLinear">
/// Whether slot i counts the value i. Otherwise it counts values from 2^i to 2^(i+1) - 1, and slot 0 also the value 0.
/// </param>
internal sealed record Histogram(IReadOnlyList<double> Counts, bool IsLinear)
{
    private const int Width = 40;

    // Eighths of a cell.
    private const string Parts = "▏▎▍▌▋▊▉█";

    public double Total => Counts.Sum();

    /// <summary>Draws the slots from the first to the last that is not 0, one line each.</summary>
    public IEnumerable<string> Draw(int width = Width)
    {
        int first = Enumerable.Range(0, Counts.Count).FirstOrDefault(index => Counts[index] != 0);
        int last = Enumerable.Range(0, Counts.Count).LastOrDefault(index => Counts[index] != 0);
        double most = Math.Max(1, Counts.Max());
        string[] ranges = [.. Enumerable.Range(first, last - first + 1).Select(RangeOf)];
        int rangeWidth = ranges.Max(static range => range.Length);
        int countWidth = Enumerable.Range(first, last - first + 1).Max(index => CountText(index).Length);
        for (int index = first; index <= last; index++)
        {
            string bar = Bar(Counts[index] / most, width);
            yield return $"{ranges[index - first].PadLeft(rangeWidth)}  {CountText(index).PadLeft(countWidth)}  {bar}".TrimEnd();
        }
    }

    /// <summary>Draws a bar.</summary>
    /// <param name="share">Its length from 0 to 1.</param>
    /// <param name="width">The number of cells for 1.</param>
    public static string Bar(double share, int width)
    {
        int eighths = (int)Math.Round(share * width * Parts.Length);
        // What is not nothing is visible.
        if (share > 0)
            eighths = Math.Max(1, eighths);
        (int whole, int rest) = Math.DivRem(Math.Max(0, eighths), Parts.Length);
        return new string(Parts[^1], whole) + (rest == 0 ? "" : Parts[rest - 1].ToString());
    }

    private string CountText(int index) => Counts[index].ToString("0", CultureInfo.InvariantCulture);

    private string RangeOf(int index)
    {
        if (IsLinear || index > 62)
            return index.ToString(CultureInfo.InvariantCulture);
        long from = index == 0 ? 0 : 1L << index;
        long to = (1L << (index + 1)) - 1;
        return $"{Limit(from)} - {Limit(to)}";
    }

    /// <summary>Writes numbers from 100,000 on with a unit of 1024.</summary>
    private static string Limit(long value)
    {
        const int Shown = 100_000;
        string[] units = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
        int unit = 0;
        double amount = value;
        while (amount >= Shown && unit + 1 < units.Length)
        {
            amount = Math.Floor(amount / 1024);
            unit++;
        }
        return amount.ToString("0", CultureInfo.InvariantCulture) + units[unit];
    }
}
