using System.Diagnostics;

namespace BpfMaps.Benchmarks;

/// <summary>
/// Runs the two sides of a contest in many short turns. The order of each pair is the reverse of the previous pair's, so that other load on
/// the machine affects both sides equally.
/// </summary>
internal static class Race
{
    private const int FewestWarmUpParts = 4;
    private const int MostWarmUpParts = 12;

    /// <summary>The time for the runtime's background compiler after each part of the warm-up.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(150);

    /// <summary>The maximum duration of a warm-up, however long a turn is.</summary>
    private static readonly TimeSpan s_longestWarmUp = TimeSpan.FromSeconds(5);

    public static Turn Timed(Action work) =>
        () =>
        {
            long start = Stopwatch.GetTimestamp();
            work();
            return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        };

    public static Result Run(Contest contest, Effort effort)
    {
        WarmUp(contest, effort);
        List<double> theirs = [],
            ours = [];
        double[] rounds = new double[effort.Rounds];
        long allocated = 0;
        for (int round = 0; round < rounds.Length; round++)
        {
            List<double> ratios = [];
            long start = Stopwatch.GetTimestamp();
            while (ratios.Count < effort.FewestPairs || Stopwatch.GetElapsedTime(start) < effort.RoundTime)
            {
                bool isOurFirst = ratios.Count % 2 == 0;
                double our = isOurFirst ? OurTurn(contest, ref allocated) : 0;
                double their = Take(contest, contest.Theirs);
                if (!isOurFirst)
                    our = OurTurn(contest, ref allocated);
                theirs.Add(their);
                ours.Add(our);
                ratios.Add(our / their);
            }

            rounds[round] = Median(ratios);
        }

        return new Result
        {
            Workload = contest.Workload,
            Against = contest.Against,
            TheirNanoseconds = Median(theirs) / contest.Operations,
            Nanoseconds = Median(ours) / contest.Operations,
            Ratio = Median(rounds),
            LowestRatio = rounds.Min(),
            HighestRatio = rounds.Max(),
            AllocatedBytes = contest.CountsAllocations ? (double)allocated / ours.Count / contest.Operations : null,
            Note = contest.Note,
        }.JudgedBy(contest.Bar);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Takes uncounted turns until our side no longer gets faster.</summary>
    private static void WarmUp(Contest contest, Effort effort)
    {
        long start = Stopwatch.GetTimestamp();
        double fastest = double.PositiveInfinity;
        for (int part = 1; part <= MostWarmUpParts && Stopwatch.GetElapsedTime(start) < s_longestWarmUp; part++)
        {
            List<double> turns = [];
            for (int turn = 0; turn < effort.WarmUps && Stopwatch.GetElapsedTime(start) < s_longestWarmUp; turn++)
            {
                Take(contest, contest.Theirs);
                turns.Add(Take(contest, contest.Ours));
            }

            double median = Median(turns);
            if (part >= FewestWarmUpParts && median > 0.9 * fastest)
                break;
            fastest = Math.Min(fastest, median);
            Thread.Sleep(s_pause);
        }
    }

    private static double OurTurn(Contest contest, ref long allocated)
    {
        contest.Prepare?.Invoke();
        long before = GC.GetAllocatedBytesForCurrentThread();
        double nanoseconds = contest.Ours();
        allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        return nanoseconds;
    }

    private static double Take(Contest contest, Turn turn)
    {
        contest.Prepare?.Invoke();
        double nanoseconds = turn();
        return nanoseconds > 0 ? nanoseconds : throw new InvalidOperationException($"A turn of '{contest.Workload}' failed.");
    }
}
