using System.Runtime.InteropServices;

namespace BpfMaps.Benchmarks;

/// <summary>Computes totals of maps with one value per possible CPU.</summary>
internal static class PerCpuWorkloads
{
    private const int Keys = 10_000;
    private const int Slots = 1_024;

    /// <summary>The size of C's buffer for the values of all CPUs.</summary>
    public const int LargestValues = 65_536 * 16;

    public static void Run(Session session)
    {
        Hash(session);
        Array(session);
    }

    public static ulong Sum(CpuCounters map)
    {
        ulong sum = 0;
        foreach ((_, Traffic total) in map)
            sum += total.Packets + total.Bytes;
        return sum;
    }

    public static void Fill(CpuCounters map, int count)
    {
        const int AtATime = 10_000;
        uint[] keys = new uint[AtATime];
        Traffic[] values = new Traffic[AtATime * map.CpuCount];
        System.Array.Fill(values, new Traffic { Packets = 1, Bytes = 64 });
        for (int done = 0; done < count; done += AtATime)
        {
            int more = Math.Min(AtATime, count - done);
            for (int i = 0; i < more; i++)
                keys[i] = (uint)(done + i);
            map.Raw.UpdateBatch(
                MemoryMarshal.AsBytes(keys.AsSpan(0, more)),
                MemoryMarshal.AsBytes(values.AsSpan(0, more * map.CpuCount)),
                out _
            );
        }
    }

    private static void Hash(Session session)
    {
        using CpuCounters map = CpuCounters.Create(Keys);
        Fill(map, Keys);
        int fd = map.DescriptorOf(),
            cpus = map.CpuCount;
        uint chunk = BestChunk.Of(chunk => Peer.WalkBatches(fd, chunk, cpus), (uint)(LargestValues / cpus));
        session.Run(
            new Contest
            {
                Workload = "per-CPU: hash of 10,000, totals",
                Against = $"C, batches of {chunk}",
                Operations = Keys,
                Theirs = () => Peer.WalkBatches(fd, chunk, cpus),
                Ours = Race.Timed(() => GC.KeepAlive(Sum(map))),
                Bar = Bar.Ratio(1.2),
            }
        );
    }

    private static void Array(Session session)
    {
        using CpuSlots map = CpuSlots.Create(Slots);
        for (int index = 0; index < Slots; index++)
            map.SetAll(index, new Traffic { Packets = (ulong)index, Bytes = 1 });
        int fd = map.DescriptorOf(),
            cpus = map.CpuCount;
        uint chunk = BestChunk.Of(chunk => Peer.WalkBatches(fd, chunk, cpus), (uint)(LargestValues / cpus));
        Traffic[] totals = new Traffic[Slots];
        session.Run(
            new Contest
            {
                Workload = "per-CPU: array of 1,024, totals",
                Against = $"C, batches of {chunk}",
                Operations = Slots,
                Theirs = () => Peer.WalkBatches(fd, chunk, cpus),
                Ours = Race.Timed(() => map.Aggregate(totals)),
                Bar = Bar.Ratio(1.2),
            }
        );
    }
}
