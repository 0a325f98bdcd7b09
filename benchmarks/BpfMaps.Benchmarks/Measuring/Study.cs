using System.Runtime.CompilerServices;

namespace BpfMaps.Benchmarks;

/// <summary>How the cost of one unit of a work grows with the size of the work.</summary>
internal sealed record Study
{
    public required string Workload { get; init; }

    public required string Title { get; init; }

    /// <summary>How the plot is called.</summary>
    public required string FileName { get; init; }

    public required string Against { get; init; }

    /// <summary>What grows.</summary>
    public required string SizeName { get; init; }

    /// <summary>What is measured, in nanoseconds.</summary>
    public required string CostName { get; init; }

    public required IEnumerable<int> Sizes { get; init; }

    /// <summary>The factor from one size to the next.</summary>
    public int SizeBase { get; init; } = 10;

    /// <summary>Makes a work of a size.</summary>
    public required Func<int, Work> Open { get; init; }

    /// <summary>
    /// Whether the other side's cost grows for reasons of its own: the kernel's does, because large maps do not fit into its caches. Then ours must not grow
    /// beside it; else it must not grow at all.
    /// </summary>
    public bool GrowsByItself { get; init; }

    public void Run(Session session)
    {
        if (!session.Wants(Workload))
            return;

        long before = GC.GetTotalMemory(forceFullCollection: true), kept = 0;
        List<Point> theirs = [], ours = [];
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
        session.Add(new Result
        {
            Workload = Workload,
            Against = Against,
            TheirNanoseconds = theirs[^1].Cost,
            Nanoseconds = ours[^1].Cost,
            Ratio = Race.Median(ratios),
            LowestRatio = ratios.Min(),
            HighestRatio = ratios.Max(),
            Note = Texts.Invariant($"times of the largest; grows {growth:0.00}×; keeps {Texts.Bytes(kept)}"),
        }.JudgedBy(new Bar("grows ≤ 2×", _ => growth <= 2)));
    }

    // On its own, so that nothing holds what was made for a size when memory is asked for.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Result Measure(int size)
    {
        using Work work = Open(size);
        return Race.Run(work.ToContest(Workload, Against), Effort.Growth);
    }

    /// <summary>The largest factor from a size to a larger one. Small works carry the cost of beginning and ending, so falling is nothing to worry about.</summary>
    private static double MostGrowth(double[] costs)
    {
        double growth = 1, least = costs[0];
        foreach (double cost in costs)
        {
            growth = Math.Max(growth, cost / least);
            least = Math.Min(least, cost);
        }

        return growth;
    }
}

/// <summary>A work of a certain size.</summary>
/// <param name="Map">The map that was made for it; <see langword="null"/> if it was not.</param>
/// <param name="Units">How many units it has.</param>
/// <param name="Theirs">Does it once, on the other side.</param>
/// <param name="Ours">Does it once.</param>
internal sealed record Work(BpfMap? Map, int Units, Turn Theirs, Action Ours) : IDisposable
{
    /// <summary>A turn does small works so often that it has this many units.</summary>
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
