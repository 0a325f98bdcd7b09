namespace BpfMaps.Benchmarks;

/// <summary>Opens a pinned map. C compares its sizes; our side also compares every field of its key and value.</summary>
internal static unsafe class OpeningWorkloads
{
    private const string PinPath = "/sys/fs/bpf/bpftyped_benchmark";
    private const int Rounds = 20;

    public static void Run(Session session)
    {
        using Connections map = Connections.Create(1024);
        map.Pin(PinPath);
        try
        {
            session.Run(
                new Contest
                {
                    Workload = "opening: pinned map, validated",
                    Against = "libbpf, sizes compared",
                    Operations = Rounds,
                    Theirs = () =>
                        Peer.OpenPinned(PinPath, BpfMapType.Hash, (uint)sizeof(Connection), (uint)sizeof(ConnectionState), 1024, Rounds),
                    Ours = Race.Timed(Open),
                    Bar = Bar.Ratio(2),
                    CountsAllocations = false,
                }
            );
        }
        finally
        {
            map.Unpin();
        }
    }

    private static void Open()
    {
        for (int round = 0; round < Rounds; round++)
            Connections.OpenPinned(PinPath).Dispose();
    }
}
