using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace BpfMaps.Benchmarks;

/// <summary>Writes a map with one value per possible CPU as metrics.</summary>
internal static class MetricsWorkloads
{
    private const int Series = 10_000;

    /// <summary>The size of C's buffer for the values of all CPUs.</summary>
    private const int LargestValues = 65_536 * 16;

    private const int LargestText = 1 << 20;

    public static void Run(Session session)
    {
        const string Workload = "metrics: scrape of 10,000 series of a per-CPU hash";
        if (!session.Wants(Workload))
            return;
        using ServedClients map = ServedClients.Create(Series);
        Fill(map);
        int fd = map.DescriptorOf(),
            cpus = map.CpuCount;
        uint chunk = BestChunk.Of(chunk => Peer.WalkBatches(fd, chunk, cpus), (uint)(LargestValues / cpus));
        using BpfMetricsRegistry metrics = new();
        metrics.Add(map);
        ArrayBufferWriter<byte> text = new(LargestText);
        Turn scrape = Race.Timed(() =>
        {
            text.ResetWrittenCount();
            metrics.WritePrometheus(text);
        });
        session.Run(
            new Contest
            {
                Workload = Workload,
                Against = $"C, the walk alone, batches of {chunk}",
                Operations = Series,
                Theirs = () => Peer.WalkBatches(fd, chunk, cpus),
                Ours = scrape,
                Bar = Bar.Ratio(3),
            }
        );
        session.Run(
            new Contest
            {
                Workload = Workload,
                Against = "C#, a lookup of each key and a text for each label",
                Operations = Series,
                Theirs = Race.Timed(() => GC.KeepAlive(WriteKeyByKey(map))),
                Ours = scrape,
                Bar = Bar.Ratio(1),
            }
        );
    }

    /// <summary>Writes the same text as exporters do that know types and labels only at run time.</summary>
    private static byte[] WriteKeyByKey(ServedClients map)
    {
        StringBuilder text = new();
        text.Append("# TYPE served_packets_total counter\n");
        foreach (uint key in map.Keys)
        {
            if (!map.TryAggregate(key, out Served total))
                continue;
            string label = key.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"served_packets_total{{client=\"{label}\"}} {total.Packets}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Fill(ServedClients map)
    {
        uint[] keys = new uint[Series];
        Served[] values = new Served[Series * map.CpuCount];
        for (int i = 0; i < Series; i++)
            keys[i] = (uint)i;
        Array.Fill(values, new Served { Packets = 1_000_000, Bytes = 64 });
        map.Raw.UpdateBatch(MemoryMarshal.AsBytes(keys.AsSpan()), MemoryMarshal.AsBytes(values.AsSpan()), out _);
    }
}
