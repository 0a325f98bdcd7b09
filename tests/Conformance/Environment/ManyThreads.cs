namespace BpfMaps.Tests;

/// <summary>Runs the same on several threads at once.</summary>
internal static class ManyThreads
{
    /// <summary>Starts all threads together, waits for them, and fails with what any of them failed with.</summary>
    /// <param name="count">How many threads.</param>
    /// <param name="action">What each does, given its number from 0 on.</param>
    public static void Run(int count, Action<int> action)
    {
        using Barrier start = new(count);
        Task[] tasks = [.. Enumerable.Range(0, count).Select(index => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                action(index);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        Task.WhenAll(tasks).GetAwaiter().GetResult();
    }
}
