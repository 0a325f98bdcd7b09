namespace BpfMaps.Benchmarks;

/// <summary>Rings of 64-byte records: one that a program fills, read until it is empty, and one that is written until it is full.</summary>
internal static class RingWorkloads
{
    public static void Run(Session session)
    {
        Consume(session, "1 MiB", 1 << 20);
        Consume(session, "16 MiB", 16 << 20);
        Write(session);
    }

    private static BpfObject LoadPrograms(Action<BpfObject> configure)
    {
        BpfObject programs = BpfObject.Open(Path.Combine(AppContext.BaseDirectory, "programs.bpf.o"));
        configure(programs);
        programs.Load();
        return programs;
    }

    private static void Consume(Session session, string name, uint size)
    {
        using BpfObject programs = LoadPrograms(programs => programs.GetMap("records").MaxEntries = size);
        using Records ring = Records.FromRaw(programs.GetMap("records").Open());
        nint libbpf = Peer.OpenRing(ring.DescriptorOf()),
            mapped = Peer.OpenMappedRing(ring.DescriptorOf(), size);
        if (libbpf == 0 || mapped == 0)
            throw new InvalidOperationException("The C peer could not open the ring.");

        BpfObjectProgram fill = programs.GetProgram("fill");
        int records = fill.TestRun().ReturnValue;
        Totals totals = new();
        BpfRecordHandler<Record> handler = totals.Add;
        BpfRecordHandler bytes = totals.AddBytes;
        ring.Read(handler);
        Contest contest = new()
        {
            Workload = $"ring: consume of {name}",
            Against = "libbpf, ring_buffer__consume",
            Operations = records,
            Theirs = () => Peer.ConsumeRing(libbpf, (ulong)records),
            Ours = Race.Timed(() => Check(ring.Read(handler), records)),
            Prepare = () => Check(fill.TestRun().ReturnValue, records),
            Bar = Bar.Ratio(1),
        };
        session.Run(contest);
        session.Run(contest with { Against = "C, by hand, one release", Theirs = () => Peer.ConsumeMappedRing(mapped, (ulong)records) });
        session.Run(
            contest with
            {
                Workload = $"ring: consume of {name}, bytes",
                Ours = Race.Timed(() => Check(ring.Read(bytes), records)),
            }
        );
        session.Run(
            contest with
            {
                Workload = $"ring: TryRead of {name}",
                Ours = Race.Timed(() => Check(ReadOneByOne(ring, totals), records)),
                Bar = Bar.Ratio(1.25),
            }
        );
        session.Run(
            contest with
            {
                Workload = $"ring: await foreach of {name}",
                Ours = Race.Timed(() => Check(ReadAsync(ring, totals, records), records)),
                Bar = Bar.Ratio(1.75),
            }
        );
        Peer.CloseRing(libbpf);
    }

    private static void Write(Session session)
    {
        using BpfObject programs = LoadPrograms(_ => { });
        using Orders ring = Orders.FromRaw(programs.GetMap("orders").Open());
        nint libbpf = Peer.OpenUserRing(ring.DescriptorOf());
        if (libbpf == 0)
            throw new InvalidOperationException("The C peer could not open the user ring.");

        BpfObjectProgram drain = programs.GetProgram("drain");
        int records = WriteAll(ring);
        Contest contest = new()
        {
            Workload = "user ring: write",
            Against = "libbpf, reserve and submit",
            Operations = records,
            Theirs = () => Peer.WriteUserRing(libbpf, records),
            Ours = Race.Timed(() => Check(WriteAll(ring), records)),
            Prepare = () => drain.TestRun(),
            // libbpf needs one atomic exchange per record, as we do, but is single-threaded: C code with several writers adds its own lock.
            Bar = Bar.Ratio(1.2),
        };
        session.Run(contest);
        session.Run(contest with { Workload = "user ring: reserve and submit", Ours = Race.Timed(() => Check(ReserveAll(ring), records)) });
        Peer.CloseUserRing(libbpf);
    }

    private static int ReadOneByOne(Records ring, Totals totals)
    {
        int read = 0;
        while (ring.TryRead(out Record record))
        {
            totals.Add(in record);
            read++;
        }

        return read;
    }

    private static int ReadAsync(Records ring, Totals totals, int records)
    {
        return Read().GetAwaiter().GetResult();

        async Task<int> Read()
        {
            int read = 0;
            await foreach (Record record in ring.ReadAllAsync())
            {
                totals.Add(in record);
                if (++read == records)
                    break;
            }

            return read;
        }
    }

    private static int WriteAll(Orders ring)
    {
        int written = 0;
        while (ring.TryWrite(new Record { Sequence = (ulong)written, Value = (ulong)written * 3 }))
            written++;
        return written;
    }

    private static int ReserveAll(Orders ring)
    {
        int written = 0;
        while (ring.TryReserve(out BpfReservation<Record> reservation))
        {
            ref Record record = ref reservation.Value;
            record.Sequence = (ulong)++written;
            record.Value = (ulong)written * 3;
            reservation.Submit();
        }

        return written;
    }

    private static void Check(int actual, int expected)
    {
        if (actual != expected)
            throw new InvalidOperationException($"There were {actual} records, not {expected}.");
    }

    private sealed class Totals
    {
        private ulong _count;
        private ulong _sum;

        public void Add(in Record record)
        {
            _sum += record.Value;
            _count++;
        }

        public void AddBytes(ReadOnlySpan<byte> record)
        {
            _sum += BpfRecord.As<Record>(record).Value;
            _count++;
        }
    }
}
