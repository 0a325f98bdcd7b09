namespace BpfMaps.Tests;

/// <summary>Runs an action on a separate thread while the test continues.</summary>
internal static class Background
{
    /// <summary>Starts an action. Awaiting the task waits for its end and rethrows its exception.</summary>
    public static Task Run(Action action) =>
        Task.Factory.StartNew(action, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc cref="Run(Action)"/>
    public static Task<T> Run<T>(Func<T> function) =>
        Task.Factory.StartNew(function, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
