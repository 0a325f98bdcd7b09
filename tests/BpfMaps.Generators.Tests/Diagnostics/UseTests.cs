using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Diagnostics of code that uses maps.</summary>
public sealed class UseTests
{
    private const string Maps = """
        [BpfMap(Type = Hash, MaxEntries = 1)]
        public struct Flow { public struct Key { public uint Address, Port; } public ulong Count; public uint Last; }
        [BpfMap(Type = PerCpuHash, Key = typeof(uint), Value = typeof(ulong), MaxEntries = 1)] public partial class Totals;
        [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<Bytes16>), Value = typeof(ulong), MaxEntries = 1)] public partial class Routes;
        [BpfMap(Type = PerCpuArray, Value = typeof(ulong), MaxEntries = 1)] public partial class Slots;

        """;

    [Fact]
    public Task SpansOfAnotherSize_AreReported() =>
        Diagnose.Verify<RawSpanSizeAnalyzer>(
            Maps
                + """
                public class User
                {
                    public void Use(FlowMap flows, Routes routes, Slots slots)
                    {
                        Span<byte> value = stackalloc byte[12];
                        byte[] key = new byte[4];
                        flows.Raw.TryLookup({|BPFMAP032:key|}, {|BPFMAP032:value|});
                        flows.Raw.Update({|BPFMAP032:stackalloc byte[4]|}, {|BPFMAP032:new byte[] { 1, 2 }|});
                        flows.Raw.Delete({|BPFMAP032:[1, 2, 3]|});
                        flows.Raw.Delete({|BPFMAP032:key.AsSpan()|});
                        flows.Raw.Delete({|BPFMAP032:key.AsSpan(0, 2)|});
                        flows.Raw.TryGetNextKey(default, {|BPFMAP032:value.Slice(0, 4)|});
                        routes.Raw.Delete({|BPFMAP032:new byte[16]|});
                        slots.Raw.Delete({|BPFMAP032:new byte[8]|});
                    }
                }
                """,
            "'key' is 4 bytes long, but the key of 'flows' is 8 bytes: the call throws",
            "'value' is 12 bytes long, but the value of 'flows' is 16 bytes: the call throws",
            "'stackalloc byte[4]' is 4 bytes long, but the key of 'flows' is 8 bytes: the call throws",
            "'new byte[] { 1, 2 }' is 2 bytes long, but the value of 'flows' is 16 bytes: the call throws",
            "'[1, 2, 3]' is 3 bytes long, but the key of 'flows' is 8 bytes: the call throws",
            "'key.AsSpan()' is 4 bytes long, but the key of 'flows' is 8 bytes: the call throws",
            "'key.AsSpan(0, 2)' is 2 bytes long, but the key of 'flows' is 8 bytes: the call throws",
            "'value.Slice(0, 4)' is 4 bytes long, but the key of 'flows' is 8 bytes: the call throws",
            "'new byte[16]' is 16 bytes long, but the key of 'routes' is 20 bytes: the call throws",
            "'new byte[8]' is 8 bytes long, but the key of 'slots' is 4 bytes: the call throws"
        );

    [Fact]
    public Task PaddingOfRecords_IsReportedWhereTheyAreWritten() =>
        Diagnose.Verify<ValuePaddingAnalyzer>(
            """
            [BpfMap(Type = RingBuf)] public struct Event { public byte Kind; public ulong At; }
            [BpfMap(Type = PerfEventArray)] public struct Sample { public byte Kind; public ulong At; }
            [BpfMap(Type = UserRingBuf)] public struct {|BPFMAP027:Request|} { public byte Kind; public ulong At; }
            """
        );

    [Fact]
    public Task RawOperationsOfStreams_SayNothingOfTheirRecords() =>
        Diagnose.Verify<RawSpanSizeAnalyzer>(
            """
            public abstract class Ring(RawMap raw, BpfMaps.Metadata.BpfMapSchema schema) : BpfRingBuffer<ulong>(raw, schema)
            {
                public bool Any() => Raw.TryLookup(new byte[4], new byte[4]) || this.Raw.TryLookup(new byte[4], new byte[4]);
            }
            """
        );

    [Fact]
    public Task SpansOfTheSizeOrOfAnyLength_AreNotReported() =>
        Diagnose.Verify<RawSpanSizeAnalyzer>(
            Maps
                + """
                public class User
                {
                    public void Use(FlowMap flows, Totals totals, RawMap raw, byte[] any, int length)
                    {
                        Span<byte> value = stackalloc byte[16];
                        Span<byte> changed = stackalloc byte[4];
                        changed = stackalloc byte[8];
                        flows.Raw.TryLookup(new byte[8], value);
                        flows.Raw.Delete(changed);
                        flows.Raw.Delete(any);
                        flows.Raw.Delete(new byte[length]);
                        flows.Raw.Delete(any.AsSpan(4));
                        flows.Raw.TryGetNextKey([], changed);
                        totals.Raw.TryLookupPerCpu(new byte[4], new byte[1024]);
                        raw.Delete(new byte[1]);
                    }
                }
                """
        );

    [Fact]
    public Task MapsThatAreNeverDisposed_AreReported() =>
        Diagnose.Verify<MapDisposalAnalyzer>(
            Maps
                + """
                public class User
                {
                    public long Use()
                    {
                        var {|BPFMAP033:flows|} = FlowMap.Create();
                        foreach (var entry in flows) { }
                        flows[new()] = new();
                        {|BPFMAP033:FlowMap.OpenPinned("/sys/fs/bpf/flows")|};
                        Totals {|BPFMAP033:totals|} = Totals.OpenById(1);
                        if (totals != null) totals.Pin("/sys/fs/bpf/totals");
                        return {|BPFMAP033:FlowMap.OpenById(1)|}.Count();
                    }
                }
                """,
            "The map in 'flows' is never disposed, so its descriptor stays open until a finalizer runs: declare it with 'using'",
            "The map in 'FlowMap.OpenPinned(\"/sys/fs/bpf/flows\")' is never disposed, so its descriptor stays open until a finalizer runs: declare it with 'using'",
            "The map in 'totals' is never disposed, so its descriptor stays open until a finalizer runs: declare it with 'using'",
            "The map in 'FlowMap.OpenById(1)' is never disposed, so its descriptor stays open until a finalizer runs: declare it with 'using'"
        );

    [Fact]
    public Task MapsThatAreDisposedOrHandedOn_AreNotReported() =>
        Diagnose.Verify<MapDisposalAnalyzer>(
            Maps
                + """
                public class User
                {
                    private FlowMap? _field = FlowMap.Create();
                    private static void Take(FlowMap map) { }
                    private static FlowMap Make() => FlowMap.Create();
                    public FlowMap Use()
                    {
                        using var a = FlowMap.Create();
                        using (var b = FlowMap.Create()) { }
                        using (FlowMap.Create()) { }
                        var c = FlowMap.Create();
                        try { c[new()] = new(); } finally { c.Dispose(); }
                        var d = FlowMap.Create();
                        Take(d);
                        var e = FlowMap.Create();
                        _field = e;
                        var f = FlowMap.Create();
                        Action later = () => f.Dispose();
                        var g = FlowMap.Create();
                        List<FlowMap> list = [g];
                        var h = FlowMap.Create();
                        h?.Dispose();
                        var i = FlowMap.Create();
                        return i;
                    }
                }
                """
        );

    [Fact]
    public Task LookupsInALoopOverTheKeys_AreReported() =>
        Diagnose.Verify<LookupInLoopAnalyzer>(
            Maps
                + """
                public class User
                {
                    private readonly Totals _totals = Totals.Create();
                    public void Use(FlowMap flows)
                    {
                        foreach (uint key in _totals.Keys)
                        {
                            if ({|BPFMAP034:_totals.TryAggregate(key, out ulong total)|}) { }
                        }
                        foreach (var key in flows.Keys)
                        {
                            {|BPFMAP034:flows.TryGetValue(key, out Flow flow)|};
                            Flow again = {|BPFMAP034:flows[key]|};
                        }
                    }
                }
                """,
            "'_totals.TryAggregate' makes a system call for every key: use 'foreach' over '_totals', which reads keys and values in batches",
            "'flows.TryGetValue' makes a system call for every key: use 'foreach' over 'flows', which reads keys and values in batches",
            "'flows.this[]' makes a system call for every key: use 'foreach' over 'flows', which reads keys and values in batches"
        );

    [Fact]
    public Task OtherLookupsAndOtherMaps_AreNotReported() =>
        Diagnose.Verify<LookupInLoopAnalyzer>(
            Maps
                + """
                public class User
                {
                    public void Use(FlowMap flows, FlowMap others, Dictionary<Flow.Key, Flow> dictionary, Flow.Key fixedKey)
                    {
                        foreach (var key in flows.Keys)
                        {
                            others.TryGetValue(key, out _);
                            flows.TryGetValue(fixedKey, out _);
                            flows[key] = new();
                        }
                        foreach (var key in dictionary.Keys)
                            dictionary.TryGetValue(key, out _);
                    }
                }
                """
        );
}
