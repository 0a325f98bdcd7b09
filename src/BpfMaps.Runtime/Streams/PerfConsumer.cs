using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Reads the perf buffers of all online CPUs (BPF_MAP_TYPE_PERF_EVENT_ARRAY).</summary>
internal sealed class PerfConsumer(RawMap map) : RecordSource(map)
{
    // A record's size has 16 bits.
    private const int LargestRecord = 1 << 16;

    private readonly byte[] _scratch = new byte[LargestRecord];
    private PerfBuffer[]? _buffers;
    private SafeHandle[] _handles = [];
    private int _next;
    private long _lost;

    /// <summary>Receives what was lost: on which CPU, how many.</summary>
    public BpfLostHandler? OnLost { get; set; }

    /// <summary>How many samples were lost so far, as far as the kernel has told.</summary>
    public long LostCount => Volatile.Read(ref _lost);

    /// <summary>The CPUs that have a buffer; none before the opening.</summary>
    public int[] Cpus => Volatile.Read(ref _buffers) is { } buffers ? Array.ConvertAll(buffers, static buffer => buffer.Cpu) : [];

    /// <summary>For the consumer: where and when the sample was written that the sink is given.</summary>
    public BpfSampleInfo Current { get; private set; }

    public bool IsOpen => _buffers is not null;

    /// <inheritdoc/>
    public override bool HasRecords
    {
        get
        {
            foreach (PerfBuffer buffer in _buffers!)
            {
                if (buffer.HasRecords)
                    return true;
            }

            return false;
        }
    }

    /// <inheritdoc/>
    protected override ReadOnlySpan<SafeHandle> WaitHandles
    {
        get
        {
            EnsureOpen();
            return _handles;
        }
    }

    /// <summary>For the consumer: opens a buffer on every CPU that is online, and puts it into the map.</summary>
    public void Open(int pages)
    {
        List<PerfBuffer> buffers = [];
        try
        {
            foreach (int cpu in Map.Host.PossibleCpus)
            {
                if (cpu < Map.MaxEntries && PerfBuffer.TryOpen(Map, cpu, pages, out PerfBuffer? buffer))
                    buffers.Add(buffer);
            }
        }
        catch
        {
            foreach (PerfBuffer buffer in buffers)
                buffer.Dispose();
            throw;
        }

        _handles = [.. buffers.Select(static buffer => buffer.Descriptor)];
        Volatile.Write(ref _buffers, [.. buffers]);
    }

    /// <inheritdoc/>
    public override int Drain<TSink>(ref TSink sink, int limit)
    {
        EnsureOpen();
        PerfBuffer[] buffers = _buffers!;
        int taken = 0;
        for (int visited = 0; visited < buffers.Length; visited++)
        {
            // The next run goes on behind the buffer at which the limit stopped this one, so that one busy CPU does not hide the others.
            PerfBuffer buffer = buffers[_next];
            _next = _next + 1 < buffers.Length ? _next + 1 : 0;
            try
            {
                taken += Drain(buffer, ref sink, limit - taken);
            }
            finally
            {
                buffer.Publish();
            }

            if (taken == limit || IsClosing)
                break;
        }

        return taken;
    }

    /// <inheritdoc/>
    protected override void OnClosing()
    {
        // The map outlives this reader, perhaps: its slots must not keep buffers that nobody reads. If it is closed already, it has let them go.
        foreach (int cpu in Cpus)
            _ = Map.DeleteElement(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in cpu)));
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        foreach (PerfBuffer buffer in _buffers ?? [])
            buffer.Dispose();
    }

    private void EnsureOpen()
    {
        if (_buffers is null)
            Open(BpfPerfEventArray.DefaultPages);
    }

    private int Drain<TSink>(PerfBuffer buffer, ref TSink sink, int limit)
        where TSink : struct, IRecordSink
    {
        PerfWindow window = buffer.Window;
        ulong quarter = window.Size / 4;
        ulong head = Volatile.Read(ref window.Head);
        ulong position = buffer.Position;
        ulong published = position;
        int taken = 0;
        // The positions are in memory that is mapped writable: what is there is bounded before it is followed.
        if (head - position > window.Size)
            ThrowTorn(buffer, head, "there cannot be records between them");
        while (position != head)
        {
            // Copied once: what was checked is what is used.
            PerfRecordHeader header = window.Header(position);
            if (header.Size < header.SmallestSize || header.Size % PerfWindow.Alignment != 0 || header.Size > head - position)
                ThrowTorn(buffer, head, $"the header at the first says that a record of type {header.Type} has {header.Size} bytes");
            ref byte record = ref window.Record(position, header.Size, _scratch);
            position += header.Size;
            if (header.Type == PerfSampleRecord.Type)
            {
                PerfSampleRecord sample = Unsafe.ReadUnaligned<PerfSampleRecord>(ref record);
                if (sample.RawSize > header.Size - (uint)Unsafe.SizeOf<PerfSampleRecord>())
                    ThrowTorn(buffer, head, $"the sample at the first has {header.Size} bytes and says that {sample.RawSize} of them are data");
                buffer.Position = position;
                Current = new BpfSampleInfo(buffer.Cpu, (long)sample.Time);
                if (sink.Take(ref PerfSampleRecord.Raw(ref record), (int)sample.RawSize) && ++taken == limit)
                    break;
            }
            else
            {
                buffer.Position = position;
                if (header.Type == PerfLostRecord.Type)
                    Lost(buffer.Cpu, (long)Unsafe.ReadUnaligned<PerfLostRecord>(ref record).Lost);
            }

            if (IsClosing)
                break;
            if (position - published >= quarter)
            {
                published = position;
                buffer.Publish();
            }
        }

        return taken;
    }

    [DoesNotReturn]
    private void ThrowTorn(PerfBuffer buffer, ulong head, string problem) => throw new BpfException(
        $"Reading map {Map} failed: the buffer of CPU {buffer.Cpu} is torn. It was read up to position {buffer.Position}, the kernel's position is {head}, its size is "
        + $"{buffer.Window.Size}, and {problem}. Most likely something in this process wrote to the buffer's memory. Dispose the map object and open the map again.",
        Errno.EPROTO,
        "perf buffer",
        Map.Name);

    private void Lost(int cpu, long count)
    {
        Volatile.Write(ref _lost, _lost + count);
        OnLost?.Invoke(cpu, count);
    }
}
