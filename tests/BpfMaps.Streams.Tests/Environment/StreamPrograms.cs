using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>The loaded programs of streams.bpf.c.</summary>
internal sealed class StreamPrograms : IDisposable
{
    private static readonly byte[] s_packet = new byte[64];

    private readonly BpfObject _object;
    private readonly (int Descriptors, int Mappings) _before;

    /// <param name="ringSize">The size in bytes of the ring <c>events</c> and of the user ring <c>requests</c>.</param>
    public StreamPrograms(uint ringSize = 4096)
    {
        Require.Feature(KernelFeature.UserRingBuffers); // Its programs need less: Linux 5.14.
        Require.Libbpf();
        _object = BpfObject.Open(Require.Clang().CompileToFile("streams.bpf.c"));
        _object.GetMap("events").MaxEntries = ringSize;
        _object.GetMap("requests").MaxEntries = ringSize;
        _object.Load();
        Host = BpfHost.Kernel;
        _before = CountHeld();
    }

    /// <summary>The host that executes the map commands.</summary>
    public BpfHost Host { get; }

    /// <summary>The requests that the programs have received since they were loaded.</summary>
    public Drained Drained => ReadData<Drained>(".bss.drained");

    /// <summary>Opens a map with its own descriptor.</summary>
    public RawMap Open(string map) => _object.GetMap(map).Open();

    public EventMap OpenEvents() => EventMap.Of(Open("events"));

    public RequestMap OpenRequests() => RequestMap.Of(Open("requests"));

    /// <summary>
    /// Fails unless all opened streams are closed and everything they held is released. The programs cannot be used afterwards.
    /// </summary>
    public void AssertReleased() => Assert.Equal(_before, CountHeld());

    /// <summary>Writes events until the ring is full. Returns the number written.</summary>
    public int Produce(ulong first, int count, ulong flags = 0) =>
        Run(
            "produce",
            new Orders
            {
                First = first,
                Count = (uint)count,
                Flags = flags,
            }
        );

    /// <summary>Tries to write all events. Returns the number that fit.</summary>
    public int ProduceDropping(ulong first, int count) => Run("produce_dropping", new Orders { First = first, Count = (uint)count });

    /// <summary>Writes events and discards every second one. Returns the number that were not discarded.</summary>
    public int ProduceDiscarding(ulong first, int count) => Run("produce_discarding", new Orders { First = first, Count = (uint)count });

    /// <summary>Writes a record whose bytes count up from <paramref name="first"/>.</summary>
    public bool ProduceBytes(byte first, int size) => Run("produce_bytes", new Orders { First = first, Size = (uint)size }) == 1;

    /// <summary>Writes <see cref="Started"/> and <see cref="Ended"/> alternately.</summary>
    public int ProduceKinds(ulong firstProcess, int count) =>
        Run("produce_kinds", new Orders { First = firstProcess, Count = (uint)count });

    /// <summary>
    /// Consumes the requests, up to the one with a given sequence number if it is not 0. Returns their number, or the negated error number.
    /// </summary>
    public int TryDrain(ulong stopAt = 0, ulong flags = 0) => Run("drain", new Orders { First = stopAt, Flags = flags });

    /// <summary>Consumes the requests as bytes. Returns their number, or the negated error number.</summary>
    public int DrainBytes() => Run("drain_bytes", default);

    /// <summary>Queries the ring of events.</summary>
    public QueriedRing Query()
    {
        Assert.Equal(0, Run("query", default));
        return ReadData<QueriedRing>(".bss.queried");
    }

    public int Run(string program, Orders orders) =>
        _object.GetProgram(program).TestRun(contextIn: MemoryMarshal.AsBytes(new ReadOnlySpan<Orders>(in orders))).ReturnValue;

    /// <summary>
    /// Specifies what <see cref="ProduceSamples"/> writes: at most 256 samples of <paramref name="size"/> bytes, or events if the size is
    /// 0.
    /// </summary>
    public void OrderSamples(ulong first, int count, int size = 0)
    {
        using RawMap orders = Open(".bss.orders");
        Orders order = new()
        {
            First = first,
            Count = (uint)count,
            Size = (uint)size,
        };
        orders.Update(new byte[4], MemoryMarshal.AsBytes(new ReadOnlySpan<Orders>(in order)));
    }

    /// <summary>Writes samples on the caller's CPU. Returns the number that fit.</summary>
    public int ProduceSamples() => _object.GetProgram("produce_samples").TestRun(dataIn: s_packet).ReturnValue;

    public void Dispose() => _object.Dispose();

    private static (int Descriptors, int Mappings) CountHeld() => (Settled.CountDescriptors(), OpenDescriptors.CountMappings());

    private T ReadData<T>(string section)
        where T : unmanaged
    {
        using RawMap data = Open(section);
        T result = default;
        Assert.True(data.TryLookup(new byte[4], MemoryMarshal.AsBytes(new Span<T>(ref result))));
        return result;
    }

    /// <summary><c>struct orders</c>.</summary>
    public struct Orders
    {
        public ulong First;
        public uint Count;
        public uint Size;
        public ulong Flags;
    }
}
