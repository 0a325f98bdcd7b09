using System.Numerics;
using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Receives a sample in place, and where it comes from. The reference must not be kept: the memory belongs to the stream again when the handler returns.</summary>
/// <typeparam name="T">The type of the samples.</typeparam>
/// <param name="record">The sample, where the program wrote it.</param>
/// <param name="info">Where and when it was written.</param>
public delegate void BpfSampleHandler<T>(in T record, BpfSampleInfo info)
    where T : unmanaged;

/// <summary>Is told that samples were lost, because a buffer was full.</summary>
/// <param name="cpu">The CPU whose buffer was full.</param>
/// <param name="count">How many samples were lost since it was told last.</param>
public delegate void BpfLostHandler(int cpu, long count);

/// <summary>What does not depend on the type of the samples.</summary>
internal static class BpfPerfEventArray
{
    public const int DefaultPages = 8;
}

/// <summary>
/// A buffer per CPU that programs write samples to with <c>bpf_perf_event_output</c> and this process reads (BPF_MAP_TYPE_PERF_EVENT_ARRAY, Linux 4.3).
/// Where the kernel has ring buffers (Linux 5.8), <see cref="BpfRingBuffer{T}"/> is the better choice: one buffer for all CPUs, and one order.
/// </summary>
/// <typeparam name="T">The type of the samples, or what all of them begin with.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfEventStream{T}" path="/remarks/para"/>
/// <para><b>Buffers.</b> The first call that reads opens a buffer on every CPU that is online then, and so does <see cref="Open"/>, which says how large.
/// What programs write before, or on a CPU that comes online later, is not kept: they get an error. One reader at a time can have a CPU's slot in the map;
/// a second one, of this process or another, takes it over.</para>
/// <para><b>Order.</b> Samples of a CPU come in their order. Between CPUs there is none; the timestamps of <see cref="BpfSampleHandler{T}"/> tell.</para>
/// <para><b>Loss.</b> A full buffer loses new samples. The kernel says how many as soon as there is room for another one: <see cref="LostCount"/>, <see cref="OnLost"/>.</para>
/// <para><b>Lengths.</b> The kernel rounds a sample up to 4 bytes more than a multiple of 8 and does not say what its length was: handlers of bytes see up to 7
/// bytes more than the program wrote, whose content is undefined, and a sample that is too short by as little is not told from a whole one.</para>
/// </remarks>
public abstract class BpfPerfEventArray<T> : BpfEventStream<T>
    where T : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.PerfEventArray];

    private readonly PerfConsumer _buffers;

    /// <summary>Makes a typed map of an open one that fits the schema. Opens no buffers yet.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The size of the type is not that of the schema.</exception>
    protected BpfPerfEventArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema, static raw => new PerfConsumer(raw)) => _buffers = (PerfConsumer)Source;

    /// <summary>How many samples were lost so far, on all CPUs, as far as the kernel has told and it has been read. Any thread may ask.</summary>
    public long LostCount => _buffers.LostCount;

    /// <inheritdoc/>
    internal sealed override long? LostRecords => LostCount;

    /// <summary>Is told of lost samples, from within the call that reads, where they would have stood among the samples of their CPU.</summary>
    public BpfLostHandler? OnLost
    {
        get => _buffers.OnLost;
        set => _buffers.OnLost = value;
    }

    /// <summary>The CPUs that have a buffer, ascending: those that were online when the buffers were opened. Empty before.</summary>
    public IReadOnlyList<int> Cpus => _buffers.Cpus;

    /// <summary>Opens a buffer on every CPU that is online (perf_event_open, mmap, BPF_MAP_UPDATE_ELEM). CPUs that are possible but offline are left out.</summary>
    /// <param name="pagesPerCpu">Pages of data for each CPU, a power of two. A page is <see cref="Environment.SystemPageSize"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of pages is not a power of two.</exception>
    /// <exception cref="InvalidOperationException">The buffers are open already, or being read.</exception>
    /// <exception cref="BpfPermissionException">This needs CAP_PERFMON (CAP_SYS_ADMIN before Linux 5.8), or the memory is more than perf_event_mlock_kb allows.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public void Open(int pagesPerCpu = BpfPerfEventArray.DefaultPages)
    {
        if (pagesPerCpu <= 0 || !BitOperations.IsPow2(pagesPerCpu))
            throw new ArgumentOutOfRangeException(nameof(pagesPerCpu), pagesPerCpu, $"The pages of a perf buffer are a power of two, not {pagesPerCpu}.");
        Source.Enter();
        try
        {
            if (_buffers.IsOpen)
                throw new InvalidOperationException($"The buffers of map {this} are open already: open them before the first call that reads.");
            _buffers.Open(pagesPerCpu);
        }
        finally
        {
            Source.Leave();
        }
    }

    /// <summary>
    /// Reads the samples that are available and calls a handler with each, in place, and with its CPU and time. Waits for samples if there are
    /// none and <paramref name="timeout"/> allows it. Allocates nothing; without waiting, makes no system call.
    /// </summary>
    /// <inheritdoc cref="BpfEventStream{T}.Read(BpfRecordHandler{T}, TimeSpan, int)"/>
    public int Read(BpfSampleHandler<T> handler, TimeSpan timeout = default, int limit = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(handler);
        SampleSink<T> sink = new(handler, Malformed, _buffers);
        return Read(ref sink, timeout, limit);
    }
}

/// <summary>Hands samples to a typed handler, in place, with where they come from.</summary>
internal readonly struct SampleSink<T>(BpfSampleHandler<T> handler, MalformedRecords malformed, PerfConsumer buffers) : IRecordSink
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(ref byte record, int length)
    {
        if (length < Unsafe.SizeOf<T>())
            return malformed.Take(ref record, length);
        handler(in Unsafe.As<byte, T>(ref record), buffers.Current);
        return true;
    }
}
