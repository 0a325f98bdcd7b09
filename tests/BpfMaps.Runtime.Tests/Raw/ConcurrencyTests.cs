namespace BpfMaps.Tests;

[Collection(nameof(WholeProcess))]
public sealed class ConcurrencyTests
{
    private const int Threads = 8;
    private const int Rounds = 40;
    private const int MostMapsPerRound = 1000;

    [Fact]
    public void ReadingWritingAndDisposingAtOnce_EndsInObjectDisposedExceptionOnly()
    {
        for (int round = 0; round < Rounds; round++)
        {
            RawMap map = TestMaps.Create(BpfMapType.Hash, maxEntries: 256);
            InParallel(index =>
            {
                if (index == 0)
                {
                    for (uint number = 0; number < 50; number++)
                        _ = map.Update(TestMaps.Key(4, number), new byte[8]);
                    map.Dispose();
                    return;
                }

                Assert.Throws<ObjectDisposedException>(() => UseForEver(map, index));
            });
        }
    }

    [Fact]
    public void NumberOfADisposedMap_IsNeverReachedWhenOthersGetIt()
    {
        int recycled = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // All threads write into this map while it is disposed under them; the new maps take over its number.
            RawMap old = TestMaps.Create(BpfMapType.Hash, name: "old");
            int number = (int)old.Handle.DangerousGetHandle();
            List<RawMap> fresh = [];
            InParallel(index =>
            {
                if (index == 0)
                {
                    Thread.SpinWait(round * 20);
                    old.Dispose();
                    do
                        fresh.Add(TestMaps.Create(BpfMapType.Hash, name: "new"));
                    while ((int)fresh[^1].Handle.DangerousGetHandle() != number && fresh.Count < MostMapsPerRound);
                    return;
                }

                Assert.Throws<ObjectDisposedException>(() => WriteForEver(old, index));
            });

            recycled += fresh.Count(map => (int)map.Handle.DangerousGetHandle() == number);
            foreach (RawMap map in fresh)
            {
                Assert.Empty(map.Keys);
                map.Dispose();
            }
        }

        Assert.True(recycled > Rounds / 2, $"Only {recycled} of {Rounds} new maps got the number of the disposed one, so nothing was tried.");
    }

    [Fact]
    public void MapWhoseNumberStaleCallsStillName_IsClosedByItsOwnDisposal()
    {
        // Threads that keep calling a disposed map carry a number that meanwhile belongs to another one: they must not keep that one open.
        RawMap stale = TestMaps.Create(BpfMapType.Hash);
        int number = (int)stale.Handle.DangerousGetHandle();
        stale.Dispose();
        int before = OpenDescriptors.CountMaps();
        bool isOver = false;
        int recycled = 0;
        InParallel(index =>
        {
            if (index == 0)
            {
                for (int round = 0; round < 3000; round++)
                {
                    using RawMap next = TestMaps.Create(BpfMapType.Hash, maxEntries: 1);
                    recycled += (int)next.Handle.DangerousGetHandle() == number ? 1 : 0;
                }

                Volatile.Write(ref isOver, true);
                return;
            }

            byte[] key = new byte[4];
            while (!Volatile.Read(ref isOver))
                Assert.Equal(Errno.EBADF, DeleteQuietly(stale, key));
        });

        Assert.True(recycled > 0, "No new map got the number of the disposed one, so nothing was tried.");
        Assert.Equal(before, OpenDescriptors.CountMaps());
    }

    [Fact]
    public void ParallelWriters_LoseNoElement()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash, maxEntries: Threads * 500);
        InParallel(index =>
        {
            for (int number = 0; number < 500; number++)
                Assert.Equal(BpfUpdateResult.Ok, map.Update(TestMaps.Bytes((index * 500) + number), TestMaps.Bytes((long)index), BpfUpdateFlags.NoExist));
        });
        Assert.Equal(Enumerable.Range(0, Threads * 500), map.Keys.Select(key => BitConverter.ToInt32(key)).Order());
    }

    [Fact]
    public void ParallelPops_GiveEveryElementToOneThread()
    {
        using RawMap queue = TestMaps.Create(BpfMapType.Queue, keySize: 0, maxEntries: 4000);
        for (int number = 0; number < 4000; number++)
            queue.Update([], TestMaps.Bytes((long)number));
        long[][] popped = new long[Threads][];
        InParallel(index =>
        {
            List<long> mine = [];
            byte[] value = new byte[8];
            while (queue.TryLookupAndDelete([], value))
                mine.Add(BitConverter.ToInt64(value));
            popped[index] = [.. mine];
        });
        Assert.Equal(Enumerable.Range(0, 4000).Select(number => (long)number), popped.SelectMany(values => values).Order());
    }

    [Fact]
    public void ViewsTakenAndGivenBackWhileTheMapIsDisposed_EndInObjectDisposedExceptionOnly()
    {
        int before = OpenDescriptors.CountMappings();
        for (int round = 0; round < Rounds; round++)
        {
            RawMap map = TestMaps.Create(BpfMapType.Array, flags: BpfMapFlags.Mmapable);
            InParallel(index =>
            {
                if (index == 0)
                {
                    map.Map().Dispose();
                    map.Dispose();
                    return;
                }

                Assert.Throws<ObjectDisposedException>(() => MapForEver(map, index));
            });
        }

        Assert.Equal(before, OpenDescriptors.CountMappings());
    }

    private static unsafe int DeleteQuietly(RawMap map, byte[] key)
    {
        fixed (byte* pointer = key)
            return map.Host.Delete(map.Handle, pointer);
    }

    private static void WriteForEver(RawMap map, int index)
    {
        while (true)
            _ = map.Update(TestMaps.Bytes(index), new byte[8]);
    }

    private static void MapForEver(RawMap map, int index)
    {
        while (true)
        {
            using BpfMemoryView view = map.Map();
            view.Span[index]++;
        }
    }

    private static void UseForEver(RawMap map, int index)
    {
        byte[] key = TestMaps.Bytes(index), value = new byte[8];
        while (true)
        {
            _ = map.Update(key, value);
            _ = map.TryLookup(key, value);
            _ = map.TryGetNextKey(key, new byte[4]);
            _ = map.Delete(key);
            if (index % 2 == 0)
                _ = map.Keys.Count();
        }
    }

    /// <summary>Runs the same on all threads at once, and fails with what any of them failed with.</summary>
    private static void InParallel(Action<int> action)
    {
        using Barrier start = new(Threads);
        Task[] tasks = [.. Enumerable.Range(0, Threads).Select(index => Task.Factory.StartNew(
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
