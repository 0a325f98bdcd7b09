namespace BpfMaps.Tests;

/// <summary>Runs an action on several threads concurrently.</summary>
internal static class ManyThreads
{
    /// <summary>Starts all threads together, waits for them, and rethrows an exception of any of them.</summary>
    /// <param name="count">The number of threads.</param>
    /// <param name="action">The action of each thread, which receives the thread's index.</param>
    public static void Run(int count, Action<int> action)
    {
        using Barrier start = new(count);
        Task[] tasks =
        [
            .. Enumerable
                .Range(0, count)
                .Select(index =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            start.SignalAndWait();
                            action(index);
                        },
                        TestContext.Current.CancellationToken,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                ),
        ];
        Task.WhenAll(tasks).GetAwaiter().GetResult();
    }
}
