namespace BpfMaps.Benchmarks;

/// <summary>Operations on single elements: hashes of two shapes, with and without the kernel.</summary>
internal static unsafe class ElementWorkloads
{
    private const int Count = 2_000;

    public static void Run(Session session)
    {
        using Counters small = Counters.Create(Count);
        using Connections large = Connections.Create(Count);
        Run(
            session,
            "hash",
            small,
            "u32 to 16 bytes",
            Pinned.Array(Count, number => (uint)number * 2_654_435_761u),
            rounds: 1,
            Bar.Ratio(1.05)
        );
        Run(session, "hash", large, "40 to 64 bytes", Pinned.Array(Count, ConnectionOf), rounds: 1, Bar.Ratio(1.05));
    }

    /// <summary>The same calls with a bpf(2) that returns 0 immediately: the cost of the libraries.</summary>
    public static void RunWithoutKernel(Session session)
    {
        using Counters small = Counters.Create(Count);
        using Connections large = Connections.Create(Count);
        uint[] keys = Pinned.Array(Count, number => (uint)number);
        using WithoutKernel stub = new();
        Run(session, "overhead", small, "u32 to 16 bytes", keys, rounds: 50, Bar.Ratio(OverheadWorkloads.MostRatio));
        Run(
            session,
            "overhead",
            large,
            "40 to 64 bytes",
            Pinned.Array(Count, ConnectionOf),
            rounds: 50,
            Bar.Ratio(OverheadWorkloads.MostRatio)
        );
        TwoThreads(session, small, keys, rounds: 50);
    }

    private static Connection ConnectionOf(int number) => new() { SourcePort = (ushort)number, Protocol = (uint)number };

    private static void Run<TKey, TValue>(
        Session session,
        string family,
        BpfHashMap<TKey, TValue> map,
        string shape,
        TKey[] keys,
        int rounds,
        Bar bar
    )
        where TKey : unmanaged
        where TValue : unmanaged
    {
        int fd = map.DescriptorOf();
        TValue[] values = new TValue[keys.Length];
        void Fill() => map.SetRange(keys, values);

        void* first = Pinned.Address(keys);
        Fill();
        Compare("lookup", () => Peer.Lookup(fd, first, sizeof(TKey), Count, rounds), () => Lookup(map, keys, rounds));
        Compare("update", () => Peer.Update(fd, first, sizeof(TKey), Count, rounds), () => Update(map, keys, rounds));
        Compare("delete", () => Peer.Delete(fd, first, sizeof(TKey), Count, rounds), () => Delete(map, keys, rounds), Fill);
        Compare(
            "lookup and delete",
            () => Peer.LookupAndDelete(fd, first, sizeof(TKey), Count, rounds),
            () => LookupAndDelete(map, keys, rounds),
            Fill
        );

        void Compare(string what, Turn theirs, Action ours, Action? prepare = null) =>
            session.Run(
                new Contest
                {
                    Workload = $"{family}: {what}, {shape}",
                    Against = "libbpf",
                    Operations = Count * rounds,
                    Theirs = theirs,
                    Ours = Race.Timed(ours),
                    Prepare = prepare,
                    Bar = bar,
                }
            );
    }

    private static void TwoThreads(Session session, Counters map, uint[] keys, int rounds)
    {
        int fd = map.DescriptorOf();
        void* first = Pinned.Address(keys);
        using Partner partner = new();
        Turn alone = Race.Timed(() => Lookup(map, keys, rounds));
        Contest contest = new()
        {
            Workload = "overhead: lookup, two threads on one map",
            Against = "C#, one thread",
            Operations = keys.Length * rounds,
            Theirs = alone,
            Ours = partner.Together(alone),
            Bar = Bar.Ratio(1.2),
        };
        session.Run(contest);
        session.Run(
            contest with
            {
                Against = "libbpf, two threads",
                Theirs = partner.Together(() => Peer.Lookup(fd, first, sizeof(uint), keys.Length, rounds)),
                Bar = Bar.Ratio(OverheadWorkloads.MostRatio),
            }
        );
    }

    private static void Lookup<TKey, TValue>(BpfHashMap<TKey, TValue> map, TKey[] keys, int rounds)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        for (int round = 0; round < rounds; round++)
        {
            foreach (ref readonly TKey key in keys.AsSpan())
            {
                if (!map.TryGetValue(in key, out _))
                    ThrowMissing();
            }
        }
    }

    private static void Update<TKey, TValue>(BpfHashMap<TKey, TValue> map, TKey[] keys, int rounds)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        TValue value = default;
        for (int round = 0; round < rounds; round++)
        {
            foreach (ref readonly TKey key in keys.AsSpan())
                map.Set(in key, in value);
        }
    }

    private static void Delete<TKey, TValue>(BpfHashMap<TKey, TValue> map, TKey[] keys, int rounds)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        for (int round = 0; round < rounds; round++)
        {
            foreach (ref readonly TKey key in keys.AsSpan())
            {
                if (!map.Remove(in key))
                    ThrowMissing();
            }
        }
    }

    private static void LookupAndDelete<TKey, TValue>(BpfHashMap<TKey, TValue> map, TKey[] keys, int rounds)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        for (int round = 0; round < rounds; round++)
        {
            foreach (ref readonly TKey key in keys.AsSpan())
            {
                if (!map.TryRemove(in key, out _))
                    ThrowMissing();
            }
        }
    }

    private static void ThrowMissing() => throw new InvalidOperationException("A key is missing.");
}
