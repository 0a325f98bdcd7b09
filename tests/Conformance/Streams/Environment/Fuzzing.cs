using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>How long the tests run in which something writes at random into memory that is shared.</summary>
/// <remarks><c>BPFMAPS_FUZZ_SECONDS</c> makes each of them run for so many seconds instead of its number of rounds.</remarks>
internal static class Fuzzing
{
    private const string Variable = "BPFMAPS_FUZZ_SECONDS";

    private static readonly TimeSpan? s_time =
        Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text ? null
        : int.TryParse(text, out int seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds)
        : throw new InvalidOperationException($"{Variable} is '{text}', which is not a number of seconds.");

    /// <summary>Gets the numbers of the rounds to run.</summary>
    /// <param name="count">How many they are where no time is given.</param>
    public static IEnumerable<int> Rounds(int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; s_time is { } time ? Stopwatch.GetElapsedTime(start) < time : round < count; round++)
            yield return round;
    }

    /// <summary>Runs an action over and over on another thread while the rounds run on this one.</summary>
    public static async Task While(int rounds, Action<Random> scribble, Func<Random, Task> round)
    {
        int isOver = 0;
        Task scribbler = Background.Run(() =>
        {
            Random random = new(1);
            while (Volatile.Read(ref isOver) == 0)
                scribble(random);
        });
        try
        {
            Random random = new(2);
            foreach (int _ in Rounds(rounds))
            {
                // Also between the rounds, so that the results do not hang on how the two threads are scheduled.
                scribble(random);
                await round(random);
            }
        }
        finally
        {
            Volatile.Write(ref isOver, 1);
            await scribbler;
        }
    }

    /// <summary>Reads records asynchronously until there are as many as the limit says, or the reading would have to wait.</summary>
    public static async Task ReadWithoutWaiting<T>(BpfEventStream<T> stream, int limit)
        where T : unmanaged
    {
        using CancellationTokenSource cancellation = new();
        await using BpfEventStream<T>.AsyncEnumerator reading = stream
            .ReadAllAsync(cancellation.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        for (int read = 0; read < limit; read++)
        {
            ValueTask<bool> step = reading.MoveNextAsync();
            if (!step.IsCompleted)
                await cancellation.CancelAsync();
            try
            {
                // The record that was waited for may come before the cancellation, and the stream may be found torn.
                Assert.True(await step);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
