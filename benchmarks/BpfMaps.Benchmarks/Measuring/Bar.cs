using System.Globalization;

namespace BpfMaps.Benchmarks;

/// <summary>The limit that a result must meet.</summary>
internal sealed record Bar(string Text, Func<Result, bool> IsMetBy)
{
    /// <summary>Limits the ratio of our time to theirs, the median of all rounds.</summary>
    public static Bar Ratio(double atMost) =>
        new(string.Create(CultureInfo.InvariantCulture, $"ratio ≤ {atMost:0.##}"), result => result.Ratio <= atMost);

    public static Bar TimesFaster(double times) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{times:0.#}× faster"), result => result.Ratio <= 1.0 / times);

    public static Bar Time(double nanoseconds) => new("≤ " + Texts.Time(nanoseconds), result => result.Nanoseconds <= nanoseconds);
}
