using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Reads the perf buffers of all online CPUs (BPF_MAP_TYPE_PERF_EVENT_ARRAY).</summary>
internal sealed class PerfConsumer(RawMap map) : RecordSource(map)
{
    // The size of a record has 16 bits.
    private const int LargestRecord = 1 << 16;

    private readonly byte[] _scratch = new byte[LargestRecord];
    private PerfBuffer[]? _buffers;
    private SafeHandle[] _handles = [];
    private int _next;
    private long _lost;

    /// <summary>Gets or sets the handler of lost samples.</summary>
    public Action<int, long>? OnLost { get; set; }

    /// <summary>Gets the number of lost samples that have been reported.</summary>
    public long LostCount => Volatile.Read(ref _lost);

    /// <summary>Gets the CPUs with a buffer; empty before they are opened.</summary>
    public int[] Cpus => Volatile.Read(ref _buffers) is { } buffers ? Array.ConvertAll(buffers, static buffer => buffer.Cpu) : [];

    /// <summary>For the consumer: the CPU and the time of the current sample.</summary>
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

    /// <summary>For the consumer: opens a buffer on each online CPU and adds it to the map.</summary>
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
            // The next call continues after the buffer at which the limit was reached, so that a busy CPU does not starve the others.
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
        // The map may outlive this reader, so its slots must not keep unused buffers. A closed map has already released them.
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
        // The positions are in writable memory, so they are checked before they are used.
        if (head - position > window.Size)
            ThrowTorn(buffer, head, "there cannot be records between the two positions");
        while (position != head)
        {
            // Copied once, so that the checked header is the one that is used.
            PerfRecordHeader header = window.Header(position);
            if (header.Size < header.SmallestSize || header.Size % PerfWindow.Alignment != 0 || header.Size > head - position)
                ThrowTorn(buffer, head, $"the header at the read position has type {header.Type} and size {header.Size}");
            ref byte record = ref window.Record(position, header.Size, _scratch);
            position += header.Size;
            if (header.Type == PerfSampleRecord.Type)
            {
                PerfSampleRecord sample = Unsafe.ReadUnaligned<PerfSampleRecord>(ref record);
                if (sample.RawSize > header.Size - (uint)Unsafe.SizeOf<PerfSampleRecord>())
                    ThrowTorn(buffer, head, $"the sample at the read position has size {header.Size} and raw size {sample.RawSize}");
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
    private void ThrowTorn(PerfBuffer buffer, ulong head, string problem) =>
        throw new BpfException(
            $"Reading map {Map} failed: the buffer of CPU {buffer.Cpu} is damaged. The read position is {buffer.Position}, the write position is {head}, the size is "
                + $"{buffer.Window.Size}, and {problem}. Something in this process has probably written to the memory of the buffer. Dispose the map object and open the map again.",
            Errno.EPROTO,
            "perf buffer",
            Map.Name
        );

    private void Lost(int cpu, long count)
    {
        Volatile.Write(ref _lost, _lost + count);
        OnLost?.Invoke(cpu, count);
    }
}
