namespace BpfMaps.Tests;

public sealed class ConcurrencyTests
{
    private const int Threads = 8;
    private const int Rounds = 40;

    [Fact]
    public void ConcurrentReadsWritesAndDisposal_ThrowOnlyObjectDisposedException()
    {
        for (int round = 0; round < Rounds; round++)
        {
            RawMap map = TestMaps.Create(BpfMapType.Hash, maxEntries: 256);
            ManyThreads.Run(
                Threads,
                index =>
                {
                    if (index == 0)
                    {
                        for (uint number = 0; number < 50; number++)
                            _ = map.Update(TestMaps.Key(4, number), new byte[8]);
                        map.Dispose();
                        return;
                    }

                    Assert.Throws<ObjectDisposedException>(() => UseForEver(map, index));
                }
            );
        }
    }

    [Fact]
    public void ParallelWriters_LoseNoElements()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash, maxEntries: Threads * 500);
        ManyThreads.Run(
            Threads,
            index =>
            {
                for (int number = 0; number < 500; number++)
                    Assert.Equal(
                        BpfUpdateResult.Ok,
                        map.Update(TestMaps.Bytes((index * 500) + number), TestMaps.Bytes((long)index), BpfUpdateFlags.NoExist)
                    );
            }
        );
        Assert.Equal(Enumerable.Range(0, Threads * 500), map.Keys.Select(key => BitConverter.ToInt32(key)).Order());
    }

    [Fact]
    public void ParallelPops_ReturnEveryElementToOneThread()
    {
        using RawMap queue = TestMaps.Create(BpfMapType.Queue, keySize: 0, maxEntries: 4000);
        for (int number = 0; number < 4000; number++)
            queue.Update([], TestMaps.Bytes((long)number));
        long[][] popped = new long[Threads][];
        ManyThreads.Run(
            Threads,
            index =>
            {
                List<long> mine = [];
                byte[] value = new byte[8];
                while (queue.TryLookupAndDelete([], value))
                    mine.Add(BitConverter.ToInt64(value));
                popped[index] = [.. mine];
            }
        );
        Assert.Equal(Enumerable.Range(0, 4000).Select(number => (long)number), popped.SelectMany(values => values).Order());
    }

    [Fact]
    public void ViewsDuringDisposal_ThrowOnlyObjectDisposedException()
    {
        for (int round = 0; round < Rounds; round++)
        {
            RawMap map = TestMaps.Create(BpfMapType.Array, flags: BpfMapFlags.Mmapable);
            ManyThreads.Run(
                Threads,
                index =>
                {
                    if (index == 0)
                    {
                        map.Map().Dispose();
                        map.Dispose();
                        return;
                    }

                    Assert.Throws<ObjectDisposedException>(() => MapForEver(map, index));
                }
            );
        }
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
        byte[] key = TestMaps.Bytes(index),
            value = new byte[8];
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
}
