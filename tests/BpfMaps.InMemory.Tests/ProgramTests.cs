namespace BpfMaps.Tests;

/// <summary>Tests of simulated programs.</summary>
public sealed class ProgramTests
{
    private readonly InMemoryBpfHost _host = new(possibleCpuCount: 4);

    [Fact]
    public void Program_SeesWhatUserSpaceWrites()
    {
        using FlowMap flows = FlowMap.Create(host: _host);
        flows[new() { Port = 1, Address = 2 }] = new() { Packets = 7 };
        Assert.True(_host.AsProgram().TryLookup("flow", new Flow.Key { Port = 1, Address = 2 }, out Flow flow));
        Assert.Equal(7u, flow.Packets);
        Assert.False(_host.AsProgram().TryLookup("flow", new Flow.Key { Port = 1, Address = 3 }, out Flow missing));
        Assert.Equal(0u, missing.Packets);
    }

    [Fact]
    public void UserSpace_SeesWhatAProgramWrites()
    {
        using FlowMap flows = FlowMap.Create(host: _host);
        Assert.Equal(
            BpfUpdateResult.Ok,
            _host.AsProgram().Update("flow", new Flow.Key { Port = 1, Address = 2 }, new Flow { Packets = 7 })
        );
        Assert.Equal(7u, flows[new() { Port = 1, Address = 2 }].Packets);
        Assert.True(_host.AsProgram().Delete("flow", new Flow.Key { Port = 1, Address = 2 }));
        Assert.False(_host.AsProgram().Delete("flow", new Flow.Key { Port = 1, Address = 2 }));
        Assert.Equal(0, flows.Count());
    }

    [Fact]
    public void PaddingOfKeysAndValues_IsIgnored()
    {
        using FlowMap flows = FlowMap.Create(host: _host);
        Flow.Key key = Dirty<Flow.Key>();
        (key.Port, key.Address) = (1, 2);
        Flow value = Dirty<Flow>();
        _host.AsProgram().Update("flow", key, value);
        Assert.True(flows.ContainsKey(new() { Port = 1, Address = 2 }));
        byte[] stored = new byte[16];
        Assert.True(flows.Raw.TryLookup([1, 0, 0, 0, 2, 0, 0, 0], stored));
        Assert.Equal([0xff, 0, 0, 0, 0, 0, 0, 0], stored[8..]);
    }

    [Fact]
    public void Update_ReportsFlagsAndAFullMap()
    {
        using Totals totals = Totals.Create(host: _host);
        using FlowMap flows = FlowMap.Create(host: _host);
        InMemoryProgram program = _host.AsProgram();
        for (ushort port = 0; port < 4; port++)
            Assert.Equal(BpfUpdateResult.Ok, program.Update("flow", new Flow.Key { Port = port }, default(Flow), BpfUpdateFlags.NoExist));
        Assert.Equal(
            BpfUpdateResult.AlreadyExists,
            program.Update("flow", new Flow.Key { Port = 3 }, default(Flow), BpfUpdateFlags.NoExist)
        );
        Assert.Equal(BpfUpdateResult.NotFound, program.Update("flow", new Flow.Key { Port = 9 }, default(Flow), BpfUpdateFlags.Exist));
        Assert.Equal(BpfUpdateResult.Full, program.Update("flow", new Flow.Key { Port = 9 }, default(Flow)));
        Assert.Equal(BpfUpdateResult.Full, program.Update("totals", 8u, 1ul));
        Assert.Contains(
            "EINVAL (22)",
            Assert.Throws<InvalidOperationException>(() => program.Update("totals", 1u, 1ul, BpfUpdateFlags.Lock)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Modify_ChangesTheValueInPlaceAndAddsNothing()
    {
        using Counters counters = Counters.Create(host: _host);
        counters[1] = 10;
        Assert.True(_host.AsProgram().Modify("counters", 1u, (ref ulong count) => count++));
        Assert.False(_host.AsProgram().Modify("counters", 2u, (ref ulong count) => count++));
        Assert.Equal([new(1, 11)], counters.ToArray());
    }

    [Fact]
    public void ConcurrentModify_LosesNoUpdate()
    {
        using Counters counters = Counters.Create(host: _host);
        counters[1] = 0;
        ManyThreads.Run(
            2,
            cpu =>
            {
                InMemoryProgram program = _host.AsProgram(cpu);
                for (int i = 0; i < 1000; i++)
                    program.Modify<uint, ulong>("counters", 1u, AddOneSlowly);
            }
        );
        Assert.Equal(2000u, counters[1]);

        static void AddOneSlowly(ref ulong count)
        {
            ulong old = count;
            Thread.Yield();
            count = old + 1;
        }
    }

    [Fact]
    public void ArrayElement_CanBeChangedButNotRemoved()
    {
        using Totals totals = Totals.Create(host: _host);
        Assert.True(_host.AsProgram().Modify("totals", 7u, (ref ulong total) => total = 5));
        Assert.False(_host.AsProgram().Modify("totals", 8u, (ref ulong total) => total = 5));
        Assert.Equal(5u, totals[7]);
        Assert.Contains(
            "EINVAL (22)",
            Assert.Throws<InvalidOperationException>(() => _host.AsProgram().Delete("totals", 7u)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ViewOfAnArray_SharesMemoryWithPrograms()
    {
        using Settings settings = Settings.Create(host: _host);
        using BpfArrayView<ulong> view = settings.Map();
        _host.AsProgram().Update("settings", 3u, 30ul);
        Assert.Equal(30u, view[3]);
        view[4] = 40;
        Assert.True(_host.AsProgram().TryLookup("settings", 4u, out ulong value));
        Assert.Equal(40u, value);
    }

    [Fact]
    public void Trie_FindsTheLongestPrefixAndRemovesTheExactOne()
    {
        using Routes routes = Routes.Create(host: _host);
        routes.Set(new(8, 0x0a00_0000u), 8);
        routes.Set(new(16, 0x0a01_0000u), 16);
        InMemoryProgram program = _host.AsProgram();
        Assert.True(program.TryLookup("routes", new LpmKey<Be32>(0x0a01_0203u), out uint hop));
        Assert.Equal(16u, hop);
        Assert.False(program.Delete("routes", new LpmKey<Be32>(0x0a01_0203u)));
        Assert.True(program.Delete("routes", new LpmKey<Be32>(16, 0x0a01_0000u)));
        Assert.True(program.Modify("routes", new LpmKey<Be32>(0x0a01_0203u), (ref uint value) => value += 100));
        Assert.Equal(108u, routes.Single().Value);
    }

    [Fact]
    public void QueueAndStack_ArePushedAndPoppedFromBothSides()
    {
        using Jobs jobs = Jobs.Create(host: _host);
        using Trail trail = Trail.Create(host: _host);
        InMemoryProgram program = _host.AsProgram();
        for (uint number = 1; number <= 3; number++)
            Assert.True(program.Push("jobs", number) && program.Push("trail", number));
        Assert.False(program.Push("jobs", 4u));
        Assert.True(program.Push("jobs", 4u, BpfUpdateFlags.Exist));
        Assert.True(jobs.TryDequeue(out uint job) && trail.TryPop(out uint step) && (job, step) == (2, 3));
        Assert.True(program.TryPeek("jobs", out uint peeked) && program.TryPop("jobs", out uint popped) && (peeked, popped) == (3, 3));
        Assert.True(program.TryPop("jobs", out uint _));
        Assert.False(program.TryPop("jobs", out uint none));
        Assert.Equal(0u, none);
    }

    [Fact]
    public void BloomFilter_IsUsedFromBothSides()
    {
        using Seen seen = Seen.Create(host: _host);
        Assert.False(_host.AsProgram().MayContain("seen", 5u));
        Assert.True(_host.AsProgram().Push("seen", 5u));
        Assert.True(seen.MayContain(5) && _host.AsProgram().MayContain("seen", 5u));
    }

    [Fact]
    public void FreezeAndFaults_DoNotAffectPrograms()
    {
        using Counters counters = Counters.Create(host: _host);
        counters.Freeze();
        _host.FailNext(BpfMapCommand.Update, Errno.ENOMEM);
        Assert.Equal(BpfUpdateResult.Ok, _host.AsProgram().Update("counters", 1u, 1ul));
        Assert.Equal(1u, counters[1]);
    }

    /// <summary>Creates a value whose bytes are all 0xff, including the padding.</summary>
    private static T Dirty<T>()
        where T : unmanaged
    {
        T value = default;
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(new Span<T>(ref value)).Fill(0xff);
        return value;
    }
}
