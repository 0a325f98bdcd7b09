namespace BpfMaps.Benchmarks;

/// <summary>Map types with special keys: queues have none, tries have prefixes.</summary>
internal static unsafe class QueueAndTrieWorkloads
{
    private const int Count = 2_000;

    public static void Run(Session session)
    {
        Queue(session);
        Trie(session);
    }

    private static void Queue(Session session)
    {
        using Jobs map = Jobs.Create(Count);
        int fd = map.DescriptorOf();
        session.Run(
            new Contest
            {
                Workload = "queue: push",
                Against = "libbpf",
                Operations = Count,
                Theirs = () => Peer.Push(fd, Count),
                Ours = Race.Timed(() => Push(map)),
                Prepare = () => Empty(map),
                Bar = Bar.Ratio(1.05),
            }
        );
        session.Run(
            new Contest
            {
                Workload = "queue: pop",
                Against = "libbpf",
                Operations = Count,
                Theirs = () => Peer.Pop(fd, Count),
                Ours = Race.Timed(() => Empty(map)),
                Prepare = () => Push(map),
                Bar = Bar.Ratio(1.05),
            }
        );
    }

    private static void Trie(Session session)
    {
        using Routes map = Routes.Create(Count);
        for (uint number = 0; number < Count; number++)
            map.Set(new LpmKey<Be32>(24, number << 8), in number);

        int fd = map.DescriptorOf();
        LpmKey<Be32>[] addresses = Pinned.Array(Count, number => new LpmKey<Be32>((uint)number << 8 | 7));
        LpmKey<Be32>* first = Pinned.Address(addresses);
        session.Run(
            new Contest
            {
                Workload = "trie: match among 2,000 prefixes",
                Against = "libbpf",
                Operations = Count,
                Theirs = () => Peer.Lookup(fd, first, sizeof(LpmKey<Be32>), Count, 1),
                Ours = Race.Timed(() => Match(map, addresses)),
                Bar = Bar.Ratio(1.05),
            }
        );
    }

    private static void Push(Jobs map)
    {
        Traffic job = default;
        while (map.TryEnqueue(in job))
            job.Packets++;
    }

    private static void Empty(Jobs map)
    {
        while (map.TryDequeue(out _)) { }
    }

    private static void Match(Routes map, LpmKey<Be32>[] addresses)
    {
        foreach (ref readonly LpmKey<Be32> address in addresses.AsSpan())
        {
            if (!map.TryMatch(in address.Data, out _))
                throw new InvalidOperationException($"No route matches {address}.");
        }
    }
}
