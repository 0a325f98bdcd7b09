namespace BpfMaps.Tests;

/// <summary>Runs something on a thread of its own while the test goes on.</summary>
internal static class Background
{
    /// <summary>Starts it; awaiting the task waits for its end, and fails with what it failed with.</summary>
    public static Task Run(Action action) =>
        Task.Factory.StartNew(action, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc cref="Run(Action)"/>
    public static Task<T> Run<T>(Func<T> function) =>
        Task.Factory.StartNew(function, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
