using System.Numerics;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Buffers per CPU that programs write samples to with <c>bpf_perf_event_output</c> and this process reads (BPF_MAP_TYPE_PERF_EVENT_ARRAY,
/// Linux 4.3). On Linux 5.8 and later, prefer <see cref="BpfRingBuffer{T}"/>, which has one buffer and one order for all CPUs.
/// </summary>
/// <typeparam name="T">The type of the samples, or of their common beginning.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfEventStream{T}" path="/remarks/para"/>
/// <para><b>Buffers.</b> The first read opens a buffer on each online CPU; <see cref="Open"/> does so earlier or with another size.
/// Programs get an error if they write before that, or on a CPU that came online later. The slot of a CPU has one reader at a time; a
/// second reader, in this or another process, takes it over.</para>
/// <para><b>Order.</b> Samples of one CPU are in order. Compare the timestamps of <see cref="BpfSampleHandler{T}"/> to order those of
/// several CPUs.</para>
/// <para><b>Loss.</b> A full buffer loses new samples. The kernel reports their number with the next sample that fits:
/// <see cref="LostCount"/>, <see cref="OnLost"/>.</para>
/// <para><b>Lengths.</b> The kernel rounds the size of a sample up to 4 plus a multiple of 8, and does not report the original size:
/// handlers of bytes get up to 7 undefined bytes at the end, and a sample that is too short by that much is not detected.</para>
/// </remarks>
public abstract class BpfPerfEventArray<T> : BpfEventStream<T>
    where T : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.PerfEventArray];

    private readonly PerfConsumer _buffers;

    /// <summary>Initializes a typed map from an open map that matches the schema. Opens no buffers yet.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The size of the type differs from that of the schema.</exception>
    protected BpfPerfEventArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema, static raw => new PerfConsumer(raw)) => _buffers = (PerfConsumer)Source;

    /// <summary>Gets the number of lost samples of all CPUs that have been reported and read. Thread-safe.</summary>
    public long LostCount => _buffers.LostCount;

    /// <inheritdoc/>
    internal sealed override long? LostRecords => LostCount;

    /// <summary>
    /// Gets or sets the handler of lost samples, which gets the CPU whose buffer was full and the number of samples lost since the last
    /// report. It is called while reading, in the order of the samples of the CPU.
    /// </summary>
    public Action<int, long>? OnLost
    {
        get => _buffers.OnLost;
        set => _buffers.OnLost = value;
    }

    /// <summary>
    /// Gets the CPUs with a buffer in ascending order: those that were online when the buffers were opened. Empty before that.
    /// </summary>
    public IReadOnlyList<int> Cpus => _buffers.Cpus;

    /// <summary>
    /// Opens a buffer on every CPU that is online (perf_event_open, mmap, BPF_MAP_UPDATE_ELEM). Offline CPUs get no buffer.
    /// </summary>
    /// <param name="pagesPerCpu">
    /// The number of data pages per CPU, a power of two. A page has <see cref="Environment.SystemPageSize"/> bytes.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The number of pages is not a power of two.</exception>
    /// <exception cref="InvalidOperationException">The buffers are already open or being read.</exception>
    /// <exception cref="BpfPermissionException">
    /// CAP_PERFMON is missing (CAP_SYS_ADMIN before Linux 5.8), or the memory exceeds perf_event_mlock_kb.
    /// </exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public void Open(int pagesPerCpu = BpfPerfEventArray.DefaultPages)
    {
        if (pagesPerCpu <= 0 || !BitOperations.IsPow2(pagesPerCpu))
            throw new ArgumentOutOfRangeException(
                nameof(pagesPerCpu),
                pagesPerCpu,
                $"The number of pages of a perf buffer must be a power of two, not {pagesPerCpu}."
            );
        Source.Enter();
        try
        {
            if (_buffers.IsOpen)
                throw new InvalidOperationException($"The buffers of map {this} are already open: call Open before the first read.");
            _buffers.Open(pagesPerCpu);
        }
        finally
        {
            Source.Leave();
        }
    }

    /// <summary>
    /// Reads the samples that are available and calls a handler with each, in place, and with its CPU and time. Waits for samples if there
    /// are none and <paramref name="timeout"/> allows it. Allocates nothing; without waiting, makes no system call.
    /// </summary>
    /// <inheritdoc cref="BpfEventStream{T}.Read(BpfRecordHandler{T}, TimeSpan, int)"/>
    public int Read(BpfSampleHandler<T> handler, TimeSpan timeout = default, int limit = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(handler);
        SampleSink<T> sink = new(handler, Malformed, _buffers);
        return Read(ref sink, timeout, limit);
    }
}
