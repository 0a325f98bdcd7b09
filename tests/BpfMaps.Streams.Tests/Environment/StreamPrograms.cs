using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>The loaded programs of streams.bpf.c.</summary>
internal sealed class StreamPrograms : IDisposable
{
    private static readonly byte[] s_packet = new byte[64];

    private readonly BpfObject _object;
    private readonly (int Descriptors, int Mappings) _before;

    /// <param name="ringSize">Bytes of the ring <c>events</c> and of the user ring <c>requests</c>.</param>
    public StreamPrograms(uint ringSize = 4096)
    {
        Require.Kernel();
        Require.Libbpf();
        _object = BpfObject.Open(Require.Clang().CompileToFile("streams.bpf.c"));
        _object.GetMap("events").MaxEntries = ringSize;
        _object.GetMap("requests").MaxEntries = ringSize;
        _object.Load();
        Host = BpfHost.Kernel;
        _before = CountHeld();
    }

    /// <summary>Who executes the commands on the maps.</summary>
    public BpfHost Host { get; }

    /// <summary>What the programs have seen of the requests since they were loaded.</summary>
    public Drained Drained => ReadData<Drained>(".bss.drained");

    /// <summary>Another owner of a map.</summary>
    public RawMap Open(string map) => _object.GetMap(map).Open();

    public EventMap OpenEvents() => EventMap.Of(Open("events"));

    public RequestMap OpenRequests() => RequestMap.Of(Open("requests"));

    /// <summary>Fails unless all streams that were opened are closed again, with all that they held. Ends the use of the programs.</summary>
    public void AssertReleased() => Assert.Equal(_before, CountHeld());

    /// <summary>Writes events until the ring is full; gives how many.</summary>
    public int Produce(ulong first, int count, ulong flags = 0) => Run("produce", new Orders { First = first, Count = (uint)count, Flags = flags });

    /// <summary>Tries all events; gives how many found room.</summary>
    public int ProduceDropping(ulong first, int count) => Run("produce_dropping", new Orders { First = first, Count = (uint)count });

    /// <summary>Writes events, of which every second is discarded; gives how many were not.</summary>
    public int ProduceDiscarding(ulong first, int count) => Run("produce_discarding", new Orders { First = first, Count = (uint)count });

    /// <summary>Writes a record of some bytes, counting up from <paramref name="first"/>.</summary>
    public bool ProduceBytes(byte first, int size) => Run("produce_bytes", new Orders { First = first, Size = (uint)size }) == 1;

    /// <summary>Writes <see cref="Started"/> and <see cref="Ended"/> in turns.</summary>
    public int ProduceKinds(ulong firstProcess, int count) => Run("produce_kinds", new Orders { First = firstProcess, Count = (uint)count });

    /// <summary>Takes the requests, up to the one with a sequence if that is not 0; gives how many, or the negated error number.</summary>
    public int TryDrain(ulong stopAt = 0, ulong flags = 0) => Run("drain", new Orders { First = stopAt, Flags = flags });

    /// <summary>Takes the requests as bytes; gives how many, or the negated error number.</summary>
    public int DrainBytes() => Run("drain_bytes", default);

    /// <summary>Asks for the numbers of the ring of events.</summary>
    public QueriedRing Query()
    {
        Assert.Equal(0, Run("query", default));
        return ReadData<QueriedRing>(".bss.queried");
    }

    public int Run(string program, Orders orders) => _object.GetProgram(program).TestRun(contextIn: MemoryMarshal.AsBytes(new ReadOnlySpan<Orders>(in orders))).ReturnValue;

    /// <summary>Says what <see cref="ProduceSamples"/> writes: at most 256 samples, with <paramref name="size"/> bytes each, or events if that is 0.</summary>
    public void OrderSamples(ulong first, int count, int size = 0)
    {
        using RawMap orders = Open(".bss.orders");
        Orders order = new() { First = first, Count = (uint)count, Size = (uint)size };
        orders.Update(new byte[4], MemoryMarshal.AsBytes(new ReadOnlySpan<Orders>(in order)));
    }

    /// <summary>Writes samples on the CPU that the caller runs on; gives how many found room.</summary>
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
