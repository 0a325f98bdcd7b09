using System.Runtime.InteropServices;

namespace BpfMaps.Benchmarks;

/// <summary>The growth of costs with the number of entries, with and without the kernel, and with the number of CPUs.</summary>
internal static class GrowthWorkloads
{
    private const uint Chunk = 4096;
    private const int LargestQuickSize = 100_000;
    private const int EntriesOnCpus = 1_000;

    private static readonly int[] s_entries = [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];
    private static readonly int[] s_cpus = [2, 4, 8, 16, 32, 64, 128, 256, 512];

    public static void Run(Session session)
    {
        OfEntries(
                session,
                "growth: foreach over up to 10,000,000",
                "Walking over a hash",
                "walk",
                isOnKernel: true,
                size =>
                {
                    Counters map = Counters.Create((uint)size);
                    WalkWorkloads.Fill(map, size);
                    int fd = map.DescriptorOf();
                    return new Work(map, size, () => Peer.WalkBatches(fd, Chunk, 1), () => GC.KeepAlive(WalkWorkloads.Sum(map)));
                }
            )
            .Run(session);
        OfEntries(
                session,
                "growth: totals of up to 10,000,000",
                "Totals of a per-CPU hash",
                "totals",
                isOnKernel: true,
                size =>
                {
                    CpuCounters map = CpuCounters.Create((uint)size);
                    PerCpuWorkloads.Fill(map, size);
                    int fd = map.DescriptorOf(),
                        cpus = map.CpuCount;
                    return new Work(map, size, () => Peer.WalkBatches(fd, Chunk, cpus), () => GC.KeepAlive(PerCpuWorkloads.Sum(map)));
                }
            )
            .Run(session);
        new Study
        {
            Workload = "growth: totals over 2 to 512 CPUs, in memory",
            Title = "Totals over CPUs, in memory",
            FileName = "cpus",
            Against = "C#, batches summed by hand",
            SizeName = "possible CPUs",
            CostName = "nanoseconds a CPU's value",
            Sizes = s_cpus,
            SizeBase = 2,
            Open = cpus =>
            {
                CpuCounters map = CpuCounters.Create(EntriesOnCpus, new InMemoryBpfHost(cpus));
                PerCpuWorkloads.Fill(map, EntriesOnCpus);
                return new Work(
                    map,
                    EntriesOnCpus * cpus,
                    Race.Timed(() => GC.KeepAlive(SumByHand(map.Raw, cpus))),
                    () => GC.KeepAlive(PerCpuWorkloads.Sum(map))
                );
            },
        }.Run(session);
    }

    public static void RunWithoutKernel(Session session)
    {
        using Counters counters = Counters.Create(1);
        using CpuCounters cpuCounters = CpuCounters.Create(1);
        using WithoutKernel stub = new();
        OfEntries(
                session,
                "growth: foreach, without the kernel",
                "Walking over a hash, without the kernel",
                "walk-overhead",
                isOnKernel: false,
                size => Simulated(size, 1, () => GC.KeepAlive(WalkWorkloads.Sum(counters)))
            )
            .Run(session);
        OfEntries(
                session,
                "growth: totals, without the kernel",
                "Totals of a per-CPU hash, without the kernel",
                "totals-overhead",
                isOnKernel: false,
                size => Simulated(size, cpuCounters.CpuCount, () => GC.KeepAlive(PerCpuWorkloads.Sum(cpuCounters)))
            )
            .Run(session);
    }

    private static Study OfEntries(
        Session session,
        string workload,
        string title,
        string fileName,
        bool isOnKernel,
        Func<int, Work> open
    ) =>
        new()
        {
            Workload = workload,
            Title = title,
            FileName = fileName,
            Against = $"C, batches of {Chunk}",
            SizeName = "entries",
            CostName = "nanoseconds an entry",
            Sizes = s_entries.Where(size => !session.Options.IsQuick || size <= LargestQuickSize),
            Open = open,
            GrowsByItself = isOnKernel,
        };

    private static Work Simulated(int size, int cpus, Action ours)
    {
        WithoutKernel.SetElements((uint)size);
        return new Work(null, size, () => Peer.WalkBatches(-1, Chunk, cpus), ours);
    }

    private static ulong SumByHand(RawMap map, int cpus)
    {
        ulong sum = 0;
        using BpfBatchCursor cursor = map.LookupBatch();
        while (cursor.MoveNext())
        {
            ReadOnlySpan<Traffic> values = MemoryMarshal.Cast<byte, Traffic>(cursor.Values);
            for (int entry = 0; entry < values.Length; entry += cpus)
            {
                Traffic total = values[entry];
                foreach (ref readonly Traffic value in values.Slice(entry + 1, cpus - 1))
                {
                    total.Packets += value.Packets;
                    total.Bytes += value.Bytes;
                }

                sum += total.Packets + total.Bytes;
            }
        }

        return sum;
    }
}
