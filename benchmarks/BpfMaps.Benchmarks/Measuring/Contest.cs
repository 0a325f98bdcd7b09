namespace BpfMaps.Benchmarks;

/// <summary>Does the work of a turn and tells how many nanoseconds it took.</summary>
internal delegate double Turn();

/// <summary>One workload that two sides do in turns.</summary>
internal sealed record Contest
{
    /// <summary>What is done: <c>family: what, on what</c>.</summary>
    public required string Workload { get; init; }

    /// <summary>Who is on the other side.</summary>
    public required string Against { get; init; }

    /// <summary>How many operations or elements a turn has. A turn should take a few milliseconds: noise then hits both sides alike.</summary>
    public required int Operations { get; init; }

    public required Turn Theirs { get; init; }

    public required Turn Ours { get; init; }

    /// <summary>What comes before every turn of either side, untimed.</summary>
    public Action? Prepare { get; init; }

    public Bar? Bar { get; init; }

    /// <summary>Whether it matters what our side allocates: not where it is another process.</summary>
    public bool CountsAllocations { get; init; } = true;

    public string? Note { get; init; }
}
