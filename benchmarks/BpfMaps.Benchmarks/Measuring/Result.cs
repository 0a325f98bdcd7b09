namespace BpfMaps.Benchmarks;

/// <summary>The result of one workload. Times are medians in nanoseconds per operation.</summary>
internal sealed record Result
{
    public required string Workload { get; init; }

    /// <summary>The name of the other side; <see langword="null"/> if there was none.</summary>
    public string? Against { get; init; }

    public double? TheirNanoseconds { get; init; }

    public required double Nanoseconds { get; init; }

    /// <summary>The ratio of our time to theirs: the median of the rounds, each of which is the median of its pairs of turns.</summary>
    public double? Ratio { get; init; }

    /// <summary>The lowest ratio of a round.</summary>
    public double? LowestRatio { get; init; }

    /// <summary>The highest ratio of a round.</summary>
    public double? HighestRatio { get; init; }

    /// <summary>The bytes that our side allocated per operation.</summary>
    public double? AllocatedBytes { get; init; }

    public string? Bar { get; init; }

    /// <summary>Whether the bar is met and nothing is allocated per operation; <see langword="null"/> if there is no bar.</summary>
    public bool? IsMet { get; init; }

    public string? Note { get; init; }

    /// <summary>
    /// Returns the result with its verdict. A walk allocates its cursor once, regardless of the number of elements. The smallest object has
    /// 24 bytes, so less than one byte per operation means that no operation allocates.
    /// </summary>
    public Result JudgedBy(Bar? bar) =>
        bar is null ? this : this with { Bar = bar.Text, IsMet = bar.IsMetBy(this) && !(AllocatedBytes >= 1) };
}
