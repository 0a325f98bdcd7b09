namespace BpfMaps.Benchmarks;

/// <summary>Operations on whole hashes: walks, drains, loads.</summary>
internal static unsafe class WalkWorkloads
{
    private const int Walked = 60_000;
    private const int Moved = 10_000;

    public static void Run(Session session)
    {
        Enumerate(session);
        Move(session);
    }

    public static ulong Sum(Counters map)
    {
        ulong sum = 0;
        foreach ((_, Traffic value) in map)
            sum += value.Packets + value.Bytes;
        return sum;
    }

    public static void Fill(Counters map, int count)
    {
        const int AtATime = 10_000;
        uint[] keys = new uint[AtATime];
        Traffic[] values = new Traffic[AtATime];
        for (int done = 0; done < count; done += AtATime)
        {
            int more = Math.Min(AtATime, count - done);
            for (int i = 0; i < more; i++)
            {
                keys[i] = (uint)(done + i);
                values[i] = new Traffic { Packets = (ulong)i, Bytes = 1 };
            }

            map.SetRange(keys.AsSpan(0, more), values.AsSpan(0, more));
        }
    }

    private static void Enumerate(Session session)
    {
        using Counters map = Counters.Create(Walked);
        Fill(map, Walked);
        int fd = map.DescriptorOf();
        uint chunk = BestChunk.Of(chunk => Peer.WalkBatches(fd, chunk, 1));
        Contest contest = new()
        {
            Workload = "walk: foreach over 60,000",
            Against = $"C, batches of {chunk}",
            Operations = Walked,
            Theirs = () => Peer.WalkBatches(fd, chunk, 1),
            Ours = Race.Timed(() => GC.KeepAlive(Sum(map))),
            Bar = Bar.Ratio(1.15),
        };
        session.Run(contest);
        session.Run(contest with { Against = "C, next_key and lookup", Theirs = () => Peer.WalkKeys(fd), Bar = Bar.TimesFaster(5) });
    }

    private static void Move(Session session)
    {
        using Counters map = Counters.Create(Moved);
        int fd = map.DescriptorOf();
        uint[] keys = Pinned.Array(Moved, number => (uint)number);
        Traffic[] values = Pinned.Array(Moved, number => new Traffic { Packets = (ulong)number });
        uint* firstKey = Pinned.Address(keys);
        Traffic* firstValue = Pinned.Address(values);

        map.SetRange(keys, values);
        uint chunk = BestChunk.Of(chunk =>
        {
            map.SetRange(keys, values);
            return Peer.Drain(fd, chunk);
        });
        session.Run(
            new Contest
            {
                Workload = "walk: drain of 10,000",
                Against = $"C, batches of {chunk}",
                Operations = Moved,
                Theirs = () => Peer.Drain(fd, chunk),
                Ours = Race.Timed(() => Drain(map)),
                Prepare = () => map.SetRange(keys, values),
                Bar = Bar.Ratio(1.15),
            }
        );
        session.Run(
            new Contest
            {
                Workload = "walk: load of 10,000",
                Against = "C, one batch",
                Operations = Moved,
                Theirs = () => Peer.Load(fd, firstKey, firstValue, Moved),
                Ours = Race.Timed(() => map.SetRange(keys, values)),
                Prepare = map.Clear,
                Bar = Bar.Ratio(1.15),
            }
        );
    }

    private static void Drain(Counters map)
    {
        ulong sum = 0;
        foreach ((_, Traffic value) in map.Drain())
            sum += value.Packets + value.Bytes;
        GC.KeepAlive(sum);
    }
}
