using System.Globalization;

namespace BpfMaps.Benchmarks;

/// <summary>What a result has to reach.</summary>
internal sealed record Bar(string Text, Func<Result, bool> IsMetBy)
{
    /// <summary>Our time through theirs, the median of all rounds.</summary>
    public static Bar Ratio(double atMost) => new(string.Create(CultureInfo.InvariantCulture, $"ratio ≤ {atMost:0.##}"), result => result.Ratio <= atMost);

    public static Bar TimesFaster(int times) => new(string.Create(CultureInfo.InvariantCulture, $"{times}× faster"), result => result.Ratio <= 1.0 / times);

    public static Bar Time(double nanoseconds) => new("≤ " + Texts.Time(nanoseconds), result => result.Nanoseconds <= nanoseconds);
}
