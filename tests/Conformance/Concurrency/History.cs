namespace BpfMaps.Tests;

/// <summary>An operation of a thread on one key: its result, and when it started and ended.</summary>
/// <param name="Step">The operation.</param>
/// <param name="Answer">The result.</param>
/// <param name="Start">The time before the call.</param>
/// <param name="End">The time after the call.</param>
internal sealed record ObservedCall(Step Step, string Answer, long Start, long End)
{
    /// <summary>Returns whether two operations overlap and may have occurred in either order.</summary>
    public bool Overlaps(ObservedCall other) => Start < other.End && other.Start < End;

    public override string ToString() => $"[{Start}..{End}] {Step} -> {Answer}";
}

/// <summary>Runs several threads on one map and records their operations.</summary>
internal sealed class History
{
    private long _now;

    /// <summary>Runs the steps of all threads concurrently.</summary>
    public ObservedCall[] Run(Subject map, Step[][] threads)
    {
        ObservedCall[][] events = [.. threads.Select(steps => new ObservedCall[steps.Length])];
        ManyThreads.Run(
            threads.Length,
            thread =>
            {
                for (int index = 0; index < threads[thread].Length; index++)
                {
                    // The time only has to order operations that do not overlap, so a counter is sufficient.
                    long start = Interlocked.Increment(ref _now);
                    string answer = map.Do(threads[thread][index]);
                    events[thread][index] = new ObservedCall(threads[thread][index], answer, start, Interlocked.Increment(ref _now));
                }
            }
        );
        return [.. events.SelectMany(each => each)];
    }
}
