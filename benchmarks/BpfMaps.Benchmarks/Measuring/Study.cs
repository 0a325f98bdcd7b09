using System.Runtime.CompilerServices;

namespace BpfMaps.Benchmarks;

/// <summary>Measures how the cost per unit of work grows with the size of the work.</summary>
internal sealed record Study
{
    public required string Workload { get; init; }

    public required string Title { get; init; }

    /// <summary>The file name of the plot.</summary>
    public required string FileName { get; init; }

    public required string Against { get; init; }

    /// <summary>The name of the size.</summary>
    public required string SizeName { get; init; }

    /// <summary>The name of the cost, in nanoseconds.</summary>
    public required string CostName { get; init; }

    public required IEnumerable<int> Sizes { get; init; }

    /// <summary>The factor between consecutive sizes.</summary>
    public int SizeBase { get; init; } = 10;

    /// <summary>Creates work of a given size.</summary>
    public required Func<int, Work> Open { get; init; }

    /// <summary>
    /// Whether the other side's cost grows for its own reasons: the kernel's does, because large maps exceed the caches. In that case, our
    /// cost must not grow relative to it; otherwise, our cost must not grow at all.
    /// </summary>
    public bool GrowsByItself { get; init; }

    public void Run(Session session)
    {
        if (!session.Wants(Workload))
            return;

        long before = GC.GetTotalMemory(forceFullCollection: true),
            kept = 0;
        List<Point> theirs = [],
            ours = [];
        foreach (int size in Sizes)
        {
            Result result = Measure(size);
            theirs.Add(new Point(size, result.TheirNanoseconds!.Value));
            ours.Add(new Point(size, result.Nanoseconds));
            kept = Math.Max(kept, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        double[] ratios = [.. ours.Zip(theirs, (our, their) => our.Cost / their.Cost)];
        double growth = MostGrowth(GrowsByItself ? ratios : [.. ours.Select(point => point.Cost)]);
        session.Add(new Growth(Title, FileName, SizeName, SizeBase, CostName, [new Curve(Against, theirs), new Curve("C#", ours)]));
        session.Add(
            new Result
            {
                Workload = Workload,
                Against = Against,
                TheirNanoseconds = theirs[^1].Cost,
                Nanoseconds = ours[^1].Cost,
                Ratio = Race.Median(ratios),
                LowestRatio = ratios.Min(),
                HighestRatio = ratios.Max(),
                Note = Texts.Invariant($"times of the largest; grows {growth:0.00}×; keeps {Texts.Bytes(kept)}"),
            }.JudgedBy(new Bar("grows ≤ 2×", _ => growth <= 2))
        );
    }

    // A separate method, so that no local holds what was created for a size when memory is measured.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Result Measure(int size)
    {
        using Work work = Open(size);
        return Race.Run(work.ToContest(Workload, Against), Effort.Growth);
    }

    /// <summary>
    /// Gets the largest factor between a size and a larger one. Small works include the fixed cost, so a falling cost is not a problem.
    /// </summary>
    private static double MostGrowth(double[] costs)
    {
        double growth = 1,
            least = costs[0];
        foreach (double cost in costs)
        {
            growth = Math.Max(growth, cost / least);
            least = Math.Min(least, cost);
        }

        return growth;
    }
}

/// <summary>Work of a given size.</summary>
/// <param name="Map">The map created for the work; <see langword="null"/> if none was.</param>
/// <param name="Units">The number of units.</param>
/// <param name="Theirs">Performs the work once, on the other side.</param>
/// <param name="Ours">Performs the work once, on our side.</param>
internal sealed record Work(BpfMap? Map, int Units, Turn Theirs, Action Ours) : IDisposable
{
    /// <summary>The number of units in a turn: small works are repeated.</summary>
    private const int UnitsPerTurn = 50_000;

    public Contest ToContest(string workload, string against)
    {
        int times = Math.Max(1, UnitsPerTurn / Units);
        return new Contest
        {
            Workload = workload,
            Against = against,
            Operations = Units * times,
            Theirs = () => Enumerable.Range(0, times).Sum(_ => Theirs()),
            Ours = Race.Timed(() =>
            {
                for (int time = 0; time < times; time++)
                    Ours();
            }),
        };
    }

    public void Dispose() => Map?.Dispose();
}
