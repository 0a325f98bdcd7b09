namespace BpfMaps.Tests;

/// <summary>An operation on one key that a thread did: what it came to, and from when to when it lasted.</summary>
/// <param name="Step">The operation.</param>
/// <param name="Answer">What it came to.</param>
/// <param name="Start">The time before it was called.</param>
/// <param name="End">The time after it returned.</param>
internal sealed record ObservedCall(Step Step, string Answer, long Start, long End)
{
    /// <summary>Whether two operations may have happened in either order.</summary>
    public bool Overlaps(ObservedCall other) => Start < other.End && other.Start < End;

    public override string ToString() => $"[{Start}..{End}] {Step} -> {Answer}";
}

/// <summary>Lets several threads work on one map at once, and notes what they did.</summary>
internal sealed class History
{
    private long _now;

    /// <summary>Runs the steps of each thread, all threads at once.</summary>
    public ObservedCall[] Run(Subject map, Step[][] threads)
    {
        ObservedCall[][] events = [.. threads.Select(steps => new ObservedCall[steps.Length])];
        ManyThreads.Run(threads.Length, thread =>
        {
            for (int index = 0; index < threads[thread].Length; index++)
            {
                // The time only has to order what did not overlap, which counting does.
                long start = Interlocked.Increment(ref _now);
                string answer = map.Do(threads[thread][index]);
                events[thread][index] = new ObservedCall(threads[thread][index], answer, start, Interlocked.Increment(ref _now));
            }
        });
        return [.. events.SelectMany(each => each)];
    }
}
