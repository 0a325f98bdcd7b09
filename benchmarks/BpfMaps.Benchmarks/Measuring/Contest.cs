namespace BpfMaps.Benchmarks;

/// <summary>Does the work of a turn and returns the elapsed nanoseconds.</summary>
internal delegate double Turn();

/// <summary>A workload that two sides perform in turns.</summary>
internal sealed record Contest
{
    /// <summary>The name of the workload: <c>family: operation, subject</c>.</summary>
    public required string Workload { get; init; }

    /// <summary>The name of the other side.</summary>
    public required string Against { get; init; }

    /// <summary>
    /// The number of operations or elements per turn. A turn should take a few milliseconds, so that noise affects both sides equally.
    /// </summary>
    public required int Operations { get; init; }

    public required Turn Theirs { get; init; }

    public required Turn Ours { get; init; }

    /// <summary>The untimed preparation before every turn of either side.</summary>
    public Action? Prepare { get; init; }

    public Bar? Bar { get; init; }

    /// <summary>Whether our side's allocations count; they do not if it is another process.</summary>
    public bool CountsAllocations { get; init; } = true;

    public string? Note { get; init; }
}
