namespace BpfMaps.Tests;

/// <summary>
/// Tests that operations on closed maps never affect a new map. The kernel reuses the number of a closed descriptor for the next one.
/// </summary>
[Collection(nameof(WholeProcess))]
public sealed class DescriptorReuseTests
{
    private const int Threads = 8;
    private const int Rounds = 40;
    private const int MostMapsPerRound = 1000;

    [Fact]
    public void ReusedDescriptorNumber_IsNotUsedByTheDisposedMap()
    {
        int recycled = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // All threads write to this map while it is disposed; new maps reuse its descriptor number.
            RawMap old = TestMaps.Create(BpfMapType.Hash, name: "old");
            int number = (int)old.Handle.DangerousGetHandle();
            List<RawMap> fresh = [];
            ManyThreads.Run(
                Threads,
                index =>
                {
                    if (index == 0)
                    {
                        Thread.SpinWait(round * 20);
                        old.Dispose();
                        do fresh.Add(TestMaps.Create(BpfMapType.Hash, name: "new"));
                        while ((int)fresh[^1].Handle.DangerousGetHandle() != number && fresh.Count < MostMapsPerRound);
                        return;
                    }

                    Assert.Throws<ObjectDisposedException>(() => WriteForEver(old, index));
                }
            );

            recycled += fresh.Count(map => (int)map.Handle.DangerousGetHandle() == number);
            foreach (RawMap map in fresh)
            {
                Assert.Empty(map.Keys);
                map.Dispose();
            }
        }

        Assert.True(
            recycled > Rounds / 2,
            $"Only {recycled} of {Rounds} new maps reused the number of the disposed one, so the test was ineffective."
        );
    }

    [Fact]
    public void MapWithAReusedNumber_IsClosedByItsOwnDisposal()
    {
        // Threads that keep calling a disposed map use a number that now belongs to another map: they must not keep that map open.
        RawMap stale = TestMaps.Create(BpfMapType.Hash);
        int number = (int)stale.Handle.DangerousGetHandle();
        stale.Dispose();
        int before = OpenDescriptors.CountMaps();
        bool isOver = false;
        int recycled = 0;
        ManyThreads.Run(
            Threads,
            index =>
            {
                if (index == 0)
                {
                    for (int round = 0; round < (SequenceCount.IsSet ? 300 : 3000); round++)
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
            }
        );

        Assert.True(recycled > 0, "No new map reused the number of the disposed one, so the test was ineffective.");
        Assert.Equal(before, OpenDescriptors.CountMaps());
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
}
