namespace BpfMaps.Tests;

/// <summary>A thread that continuously adds and removes keys of a map.</summary>
internal static class Churn
{
    /// <summary>The value of all added keys.</summary>
    public const uint Value = 1;

    private const int Rounds = 200;

    /// <summary>Repeats a check while keys are added and removed. Fails if the check or the other thread fails.</summary>
    /// <param name="map">The map, with space for the keys.</param>
    /// <param name="first">The number of the first added key; three times as many keys are added.</param>
    /// <param name="check">The check to repeat.</param>
    public static void During(RawMap map, uint first, Action check)
    {
        using ManualResetEventSlim started = new();
        bool isOver = false;
        Task changer = Task.Factory.StartNew(
            ComeAndGo,
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            started.Wait(TestContext.Current.CancellationToken);
            for (int round = 0; round < Rounds; round++)
                check();
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            changer.GetAwaiter().GetResult();
        }

        void ComeAndGo()
        {
            byte[][] keys = [.. Enumerable.Range((int)first, 3 * (int)first).Select(number => TestMaps.KeyOf(map, (uint)number))];
            while (!Volatile.Read(ref isOver))
            {
                foreach (byte[] each in keys)
                    _ = TestMaps.Put(map, each, Value);
                started.Set();
                foreach (byte[] each in keys)
                    _ = map.Delete(each);
            }
        }
    }
}
