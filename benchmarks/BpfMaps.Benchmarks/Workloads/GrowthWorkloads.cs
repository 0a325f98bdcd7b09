namespace BpfMaps.Benchmarks;

/// <summary>How the cost of an entry grows with the number of entries: on the kernel and without it, beside C.</summary>
internal static class GrowthWorkloads
{
    private const uint Chunk = 4096;
    private const int LargestQuickSize = 100_000;
    private const string SizeName = "entries";

    /// <summary>A turn walks as often as it takes to see this many entries.</summary>
    private const int EntriesPerTurn = 50_000;

    /// <summary>To begin and to end a walk is part of its cost. So many entries carry it, also where they cost next to nothing.</summary>
    private const int CarryAWalk = 1_000;

    private static readonly int[] s_sizes = [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    public static void Run(Session session)
    {
        Compare(session, "growth: foreach over up to 10,000,000", "Walking over a hash", "walk", isOnKernel: true, size =>
        {
            Counters map = Counters.Create((uint)size);
            WalkWorkloads.Fill(map, size);
            int fd = map.DescriptorOf();
            return new Walk(map, () => Peer.WalkBatches(fd, Chunk, 1), () => GC.KeepAlive(WalkWorkloads.Sum(map)));
        });
        Compare(session, "growth: totals of up to 10,000,000", "Totals of a per-CPU hash", "totals", isOnKernel: true, size =>
        {
            CpuCounters map = CpuCounters.Create((uint)size);
            PerCpuWorkloads.Fill(map, size);
            int fd = map.DescriptorOf(), cpus = map.CpuCount;
            return new Walk(map, () => Peer.WalkBatches(fd, Chunk, cpus), () => GC.KeepAlive(PerCpuWorkloads.Sum(map)));
        });
    }

    public static void RunWithoutKernel(Session session)
    {
        Compare(session, "growth: foreach, without the kernel", "Walking over a hash, without the kernel", "walk-overhead", isOnKernel: false, size =>
        {
            Counters map = Counters.Create(1);
            WithoutKernel.SetElements((uint)size);
            return new Walk(map, () => Peer.WalkBatches(-1, Chunk, 1), () => GC.KeepAlive(WalkWorkloads.Sum(map)));
        });
        Compare(session, "growth: totals, without the kernel", "Totals of a per-CPU hash, without the kernel", "totals-overhead", isOnKernel: false, size =>
        {
            CpuCounters map = CpuCounters.Create(1);
            WithoutKernel.SetElements((uint)size);
            return new Walk(map, () => Peer.WalkBatches(-1, Chunk, map.CpuCount), () => GC.KeepAlive(PerCpuWorkloads.Sum(map)));
        });
    }

    private static void Compare(Session session, string workload, string title, string fileName, bool isOnKernel, Func<int, Walk> open)
    {
        if (!session.Wants(workload))
            return;

        long before = GC.GetTotalMemory(forceFullCollection: true), kept = 0;
        List<Point> theirs = [], ours = [];
        foreach (int size in s_sizes.Where(size => !session.Options.IsQuick || size <= LargestQuickSize))
        {
            using Walk walk = open(size);
            using WithoutKernel? stub = isOnKernel ? null : new WithoutKernel();
            Result result = Race.Run(walk.ToContest(workload, size), Effort.Growth);
            theirs.Add(new Point(size, result.TheirNanoseconds!.Value));
            ours.Add(new Point(size, result.Nanoseconds));
            kept = Math.Max(kept, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        double[] ratios = [.. ours.Zip(theirs, (our, their) => our.Cost / their.Cost)];
        // The kernel's own cost grows, because large maps do not fit into its caches: what must not grow there is ours beside C's.
        double[] flat = isOnKernel ? ratios : [.. ours.Where(point => point.Size >= CarryAWalk).Select(point => point.Cost)];
        session.Add(new Growth(title, fileName, SizeName, 10, "nanoseconds an entry", [new Curve("C", theirs), new Curve("C#", ours)]));
        session.Add(new Result
        {
            Workload = workload,
            Against = $"C, batches of {Chunk}",
            TheirNanoseconds = theirs[^1].Cost,
            Nanoseconds = ours[^1].Cost,
            Ratio = Race.Median(ratios),
            LowestRatio = ratios.Min(),
            HighestRatio = ratios.Max(),
            Note = $"times of the largest; kept {Texts.Bytes(kept)} of buffers",
        }.JudgedBy(new Bar("flat within 2×", _ => flat.Max() <= 2 * flat.Min())));
    }

    /// <summary>A map, and how either side walks over it.</summary>
    private sealed record Walk(BpfMap Map, Turn Theirs, Action Ours) : IDisposable
    {
        public Contest ToContest(string workload, int size)
        {
            int walks = Math.Max(1, EntriesPerTurn / size);
            return new Contest
            {
                Workload = workload,
                Against = "C",
                Operations = size * walks,
                Theirs = () => Enumerable.Range(0, walks).Sum(_ => Theirs()),
                Ours = Race.Timed(() =>
                {
                    for (int walk = 0; walk < walks; walk++)
                        Ours();
                }),
            };
        }

        public void Dispose() => Map.Dispose();
    }
}
