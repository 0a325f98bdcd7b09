namespace BpfMaps.Benchmarks;

/// <summary>Reads array elements in a random order: from mapped memory, and with one system call each.</summary>
internal static unsafe class ArrayWorkloads
{
    private const int Length = 65_536;
    private const int Reads = 1 << 18;
    private const int Calls = 2_000;

    public static void Run(Session session)
    {
        using MappedSlots map = MappedSlots.Create(Length);
        int fd = map.DescriptorOf();
        nint elements = Peer.MapArray(fd, Length * (ulong)sizeof(Traffic));
        if (elements == 0)
            throw new InvalidOperationException("The C peer could not map the array.");

        Random random = new(1);
        uint[] indices = Pinned.Array(Reads, _ => (uint)random.Next(Length));
        uint* first = Pinned.Address(indices);
        Contest contest = new()
        {
            Workload = "array: mapped, random elements by index",
            Against = "C, pointer",
            Operations = Reads,
            Theirs = () => Peer.ReadPointer(elements, first, Reads),
            Ours = Race.Timed(() => ReadByIndex(map, indices)),
            Bar = Bar.Ratio(1.5),
        };
        session.Run(contest);
        session.Run(
            contest with
            {
                Workload = "array: mapped, random elements of the span",
                Ours = Race.Timed(() => ReadSpan(map, indices)),
            }
        );
        session.Run(
            contest with
            {
                Against = "libbpf, lookup",
                Theirs = () => Peer.ReadLookup(fd, first, Calls) * ((double)Reads / Calls),
                Bar = Bar.TimesFaster(100),
            }
        );
        session.Run(
            new Contest
            {
                Workload = "array: indexer",
                Against = "libbpf, lookup",
                Operations = Calls,
                Theirs = () => Peer.ReadLookup(fd, first, Calls),
                Ours = Race.Timed(() => ReadByCall(map, indices)),
                Bar = Bar.Ratio(1.05),
            }
        );
    }

    private static void ReadByIndex(MappedSlots map, uint[] indices)
    {
        ulong sum = 0;
        using BpfArrayView<Traffic> view = map.Map();
        foreach (uint index in indices)
            sum += view[(int)index].Packets;
        GC.KeepAlive(sum);
    }

    private static void ReadSpan(MappedSlots map, uint[] indices)
    {
        ulong sum = 0;
        using BpfArrayView<Traffic> view = map.Map();
        Span<Traffic> elements = view.Span;
        foreach (uint index in indices)
            sum += elements[(int)index].Packets;
        GC.KeepAlive(sum);
    }

    private static void ReadByCall(MappedSlots map, uint[] indices)
    {
        ulong sum = 0;
        foreach (uint index in indices.AsSpan(0, Calls))
            sum += map[(int)index].Packets;
        GC.KeepAlive(sum);
    }
}
