using System.Runtime.CompilerServices;

namespace BpfMaps.Benchmarks;

/// <summary>Reading records that are in a ring already, against libbpf and against the best loop in C.</summary>
internal static class RingWorkloads
{
    public static void Run()
    {
        Consume("1 MiB", 1 << 20);
        Consume("16 MiB", 16 << 20);
    }

    private static void Consume(string name, uint size)
    {
        using BpfObject programs = BpfObject.Open(Path.Combine(AppContext.BaseDirectory, "rings.bpf.o"));
        programs.GetMap("records").MaxEntries = size;
        programs.Load();
        using RecordMap ring = new(programs.GetMap("records").Open());
        int fd = (int)ring.Raw.Handle.DangerousGetHandle();
        nint libbpf = Peer.OpenRing(fd), mapped = Peer.OpenMappedRing(fd, size);
        if (libbpf == 0 || mapped == 0)
            throw new InvalidOperationException("The C side could not open the ring.");

        BpfObjectProgram fill = programs.GetProgram("fill");
        int records = fill.TestRun().ReturnValue;
        Totals totals = new();
        BpfEventHandler<Record> handler = totals.Add;
        BpfRecordHandler bytes = totals.AddBytes;
        ring.Consume(handler);
        ulong expected = (ulong)records;
        void Fill()
        {
            int written = fill.TestRun().ReturnValue;
            if (written != records)
                throw new InvalidOperationException($"The ring took {written} records, not {records}.");
        }

        void Check(int read)
        {
            if (read != records)
                throw new InvalidOperationException($"{read} records were read, not {records}.");
        }

        Comparison.Run($"ring of {name}, typed handler, libbpf", records, () => Peer.ConsumeRing(libbpf, expected), () => Check(ring.Consume(handler)), Fill);
        Comparison.Run($"ring of {name}, typed handler, C once a run", records, () => Peer.ConsumeMappedRing(mapped, expected), () => Check(ring.Consume(handler)), Fill);
        Comparison.Run($"ring of {name}, bytes handler, libbpf", records, () => Peer.ConsumeRing(libbpf, expected), () => Check(ring.Consume(bytes)), Fill);
        Comparison.Run($"ring of {name}, TryRead, libbpf", records, () => Peer.ConsumeRing(libbpf, expected), () => Check(ReadOneByOne(ring, totals)), Fill);
        Comparison.Run($"ring of {name}, ReadAllAsync, libbpf", records, () => Peer.ConsumeRing(libbpf, expected), () => Check(ReadAsync(ring, totals, records)), Fill);
        Peer.CloseRing(libbpf);
    }

    private static int ReadOneByOne(RecordMap ring, Totals totals)
    {
        int read = 0;
        while (ring.TryRead(out Record record))
        {
            totals.Add(in record);
            read++;
        }

        return read;
    }

    private static int ReadAsync(RecordMap ring, Totals totals, int records)
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

#pragma warning disable CS0649 // Programs assign the fields.
    private struct Record
    {
        public ulong Sequence;
        public ulong Value;
        public Words Rest;

        public static BpfTypeLayout Layout { get; } = BpfTypeLayout.Struct(
            "record", 64, 8, new("sequence", 0, BpfTypeLayout.UInt64), new("value", 8, BpfTypeLayout.UInt64), new("rest", 16, BpfTypeLayout.UInt64, 6));

        [InlineArray(6)]
        public struct Words
        {
            private ulong _first;
        }
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

    private sealed class RecordMap(RawMap raw) : BpfRingBuffer<Record>(raw, s_schema)
    {
        private static readonly BpfMapSchema s_schema = new() { Type = BpfMapType.RingBuf, Name = "records", Value = Record.Layout };
    }
}
