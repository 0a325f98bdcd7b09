namespace BpfMaps.Benchmarks;

/// <summary>What came out of one workload. Times are medians, in nanoseconds an operation.</summary>
internal sealed record Result
{
    public required string Workload { get; init; }

    /// <summary>Who was on the other side; <see langword="null"/> if nobody was.</summary>
    public string? Against { get; init; }

    public double? TheirNanoseconds { get; init; }

    public required double Nanoseconds { get; init; }

    /// <summary>Our time through theirs: of every pair of turns, of which each round gives the median, and this is the median of the rounds.</summary>
    public double? Ratio { get; init; }

    /// <summary>The round with the lowest ratio.</summary>
    public double? LowestRatio { get; init; }

    /// <summary>The round with the highest ratio.</summary>
    public double? HighestRatio { get; init; }

    /// <summary>Bytes that our side allocated an operation.</summary>
    public double? AllocatedBytes { get; init; }

    public string? Bar { get; init; }

    /// <summary>Whether the bar is met and nothing is allocated per operation; <see langword="null"/> if there is no bar.</summary>
    public bool? IsMet { get; init; }

    public string? Note { get; init; }

    /// <summary>
    /// The result, judged. A walk allocates its cursor once, whatever it walks over; the smallest object has 24 bytes, so less than one byte an operation
    /// means that none allocates.
    /// </summary>
    public Result JudgedBy(Bar? bar) =>
        bar is null ? this : this with { Bar = bar.Text, IsMet = bar.IsMetBy(this) && !(AllocatedBytes >= 1) };
}
