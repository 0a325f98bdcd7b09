namespace BpfMaps.Benchmarks;

/// <summary>Questions that programs in the kernel answer, against C with system calls and batches, and C with the same programs.</summary>
internal static unsafe class QueryWorkloads
{
    private const int Looked = 4_096;
    private const int LookedIn = 60_000;
    private const int Searched = 600_000;
    private const int Totaled = 100_000;
    private const int Small = 1_000;

    /// <summary>1 % of the elements have fewer packets.</summary>
    private const ulong Limit = 100;

    private static string ProgramsPath => Path.Combine(AppContext.BaseDirectory, "queries.bpf.o");

    public static void Run(Session session)
    {
        Look(session);
        Search(session);
        Total(session);
        UseFirst(session);
    }

    private static BpfObject LoadPrograms(Counters map)
    {
        BpfObject programs = BpfObject.Open(ProgramsPath);
        programs.GetMap("counters").Reuse(map.Raw);
        programs.Load();
        return programs;
    }

    private static void Look(Session session)
    {
        using Counters map = Counters.Create(LookedIn);
        WalkWorkloads.Fill(map, LookedIn);
        using BpfObject programs = LoadPrograms(map);
        using RawMap lookups = programs.GetMap("lookups").Open();
        using BpfQuery<uint, Traffic> query = map.InKernel(BpfQueryExecution.KernelOnly);
        int fd = map.DescriptorOf(),
            program = programs.GetProgram("get_values").FileDescriptor;
        nint shared = Peer.MapArray((int)lookups.Handle.DangerousGetHandle(), lookups.Info.MaxEntries * (ulong)lookups.ValueSize);
        if (shared == 0)
            throw new InvalidOperationException("The C peer could not map the memory of its program.");

        uint[] keys = Pinned.Array(Looked, number => (uint)(number * 13 % LookedIn));
        Traffic[] values = Pinned.Array(Looked, _ => default(Traffic));
        bool[] present = Pinned.Array(Looked, _ => false);
        uint* firstKey = Pinned.Address(keys);
        Traffic* firstValue = Pinned.Address(values);
        bool* firstPresent = Pinned.Address(present);
        Contest contest = new()
        {
            Workload = "query: values of 4,096 keys",
            Against = "libbpf, lookups",
            Operations = Looked,
            Theirs = () => Peer.Lookup(fd, firstKey, sizeof(uint), Looked, 1),
            Ours = Race.Timed(() => Check(query.GetValues(keys, values, present), Looked)),
            Bar = Bar.TimesFaster(5),
        };
        session.Run(contest);
        session.Run(
            contest with
            {
                Against = "C, the same program",
                Theirs = () => Peer.QueryValues(program, shared, firstKey, firstValue, firstPresent, Looked),
                Bar = Bar.Ratio(1.15),
            }
        );
    }

    private static void Search(Session session)
    {
        using Counters map = Counters.Create(Searched);
        WalkWorkloads.Fill(map, Searched);
        using BpfObject programs = LoadPrograms(map);
        using BpfQuery<uint, Traffic> query = map.InKernel(BpfQueryExecution.KernelOnly);
        int fd = map.DescriptorOf(),
            program = programs.GetProgram("count_below").FileDescriptor;
        ulong limit = Limit;
        BpfQueryFilter<uint, Traffic> few = query.Where(element => element.Value.Packets < limit);
        uint chunk = BestChunk.Of(chunk => Peer.WhereBatches(fd, chunk, Limit));
        Contest contest = new()
        {
            Workload = "query: 1 % of 600,000, foreach",
            Against = $"C, batches of {chunk}",
            Operations = Searched,
            Theirs = () => Peer.WhereBatches(fd, chunk, Limit),
            Ours = Race.Timed(() => GC.KeepAlive(Sum(few))),
            Bar = Bar.TimesFaster(2.5),
        };
        session.Run(contest);
        contest = contest with { Workload = "query: 1 % of 600,000, count", Ours = Race.Timed(() => Check(few.Count(), Searched / 100)) };
        session.Run(contest);
        session.Run(
            contest with
            {
                Against = "C, the same program",
                Theirs = () => Peer.QueryCount(program, Limit),
                Bar = Bar.Ratio(1.15),
            }
        );
    }

    private static void Total(Session session)
    {
        using CpuCounters map = CpuCounters.Create(Totaled);
        PerCpuWorkloads.Fill(map, Totaled);
        using BpfPerCpuQuery<uint, Traffic> query = map.InKernel(BpfQueryExecution.KernelOnly);
        int fd = map.DescriptorOf(),
            cpus = map.CpuCount;
        BpfQueryFilter<uint, Traffic> totals = query.Totals();
        uint chunk = BestChunk.Of(chunk => Peer.WalkBatches(fd, chunk, cpus), (uint)(PerCpuWorkloads.LargestValues / cpus));
        session.Run(
            new Contest
            {
                Workload = $"query: totals of 100,000, {cpus} CPUs",
                Against = $"C, batches of {chunk}",
                Operations = Totaled,
                Theirs = () => Peer.WalkBatches(fd, chunk, cpus),
                Ours = Race.Timed(() => GC.KeepAlive(Sum(totals))),
                Bar = Bar.TimesFaster(1.5),
            }
        );
    }

    private static void UseFirst(Session session)
    {
        using Counters map = Counters.Create(Small);
        WalkWorkloads.Fill(map, Small);
        int fd = map.DescriptorOf();
        ulong limit = Limit;
        session.Run(
            new Contest
            {
                Workload = "query: first answer, written, loaded and verified",
                Against = "libbpf, open, load and run",
                Operations = 1,
                Theirs = () => Peer.QueryFirstUse(ProgramsPath, fd, Limit),
                Ours = Race.Timed(() =>
                {
                    using BpfQuery<uint, Traffic> query = map.InKernel(BpfQueryExecution.KernelOnly);
                    Check(query.Where(element => element.Value.Packets < limit).Count(), (long)Limit);
                }),
                Bar = Bar.Time(2_000_000),
                CountsAllocations = false,
            }
        );
    }

    private static ulong Sum(BpfQueryFilter<uint, Traffic> elements)
    {
        ulong sum = 0;
        foreach (ref readonly KeyValuePair<uint, Traffic> element in elements)
            sum += element.Value.Packets + element.Value.Bytes;
        return sum;
    }

    private static void Check(long found, long expected)
    {
        if (found != expected)
            throw new InvalidOperationException($"The query found {found} elements instead of {expected}.");
    }
}
