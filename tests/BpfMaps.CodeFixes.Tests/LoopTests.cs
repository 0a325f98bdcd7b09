using BpfMaps.CodeFixes.Tests.Harness;
using BpfMaps.CodeFixes.Use;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Lookups in loops over keys.</summary>
public sealed class LoopTests
{
    // Written explicitly, because fixes in the testing library do not see generated code.
    private const string Maps = """
        public struct Flow
        {
            public struct Key { public uint Id; }
            public ulong Count;
            public readonly ulong Twice() => Count * 2;
            public void Reset() => Count = 0;
        }
        public sealed class FlowMap(RawMap raw, BpfMaps.Metadata.BpfMapSchema schema) : BpfHashMap<Flow.Key, Flow>(raw, schema);
        public sealed class Totals(RawMap raw, BpfMaps.Metadata.BpfMapSchema schema) : BpfPerCpuHashMap<uint, ulong>(raw, schema)
        {
            protected override void Accumulate(ref ulong total, in ulong value) => total += value;
        }

        """;

    [Fact]
    public Task GuardedLookup_BecomesWhatItGuards() =>
        Verify(
            """
            foreach (uint key in totals.Keys)
                if ({|BPFMAP034:totals.TryAggregate(key, out ulong total)|})
                    Print(key, total);

            foreach (var id in totals.Keys)
            {
                // Those that are there.
                if ({|BPFMAP034:totals.TryAggregate(id, out var total)|})
                {
                    ulong twice = total * 2;
                    Print(id, twice);
                }
            }

            foreach (var key in flows.Keys) // all
            {
                Print(key.Id, 0);
                if ({|BPFMAP034:flows.TryGetValue(key, out Flow flow)|} && flow.Count > 5)
                    Print(key.Id, flow.Twice());
            }
            """,
            """
            foreach (var (key, total) in totals)
                Print(key, total);

            foreach (var (id, total) in totals)
            {
                // Those that are there.
                ulong twice = total * 2;
                Print(id, twice);
            }

            foreach (var (key, flow) in flows) // all
            {
                Print(key.Id, 0);
                if (flow.Count > 5)
                    Print(key.Id, flow.Twice());
            }
            """
        );

    [Fact]
    public Task LookupInAStatement_Disappears() =>
        Verify(
            """
            foreach (var key in flows.Keys)
            {
                if (!{|BPFMAP034:flows.TryGetValue(key, out Flow flow)|})
                    continue;
                Print(key.Id, flow.Count);
                Flow again = {|BPFMAP034:flows[key]|};
            }
            foreach (var key in flows.Keys)
            {
                {|BPFMAP034:flows.TryGetValue(key, out Flow flow)|};
                Print(key.Id, flow.Count);
            }
            """,
            """
            foreach (var (key, flow) in flows)
            {
                Print(key.Id, flow.Count);
                Flow again = flow;
            }
            foreach (var (key, flow) in flows)
            {
                Print(key.Id, flow.Count);
            }
            """
        );

    [Fact]
    public Task Indexer_BecomesTheValue() =>
        Verify(
            """
            int value = 0;
            foreach (var key in flows.Keys)
                Print(key.Id, {|BPFMAP034:flows[key]|}.Count + {|BPFMAP034:flows[key]|}.Twice());
            foreach (var key in flows.Keys)
            {
                foreach (var inner in totals.Keys)
                {
                    if ({|BPFMAP034:totals.TryAggregate(inner, out ulong total)|})
                        Print(key.Id, {|BPFMAP034:flows[key]|}.Count + total);
                }
            }
            """,
            """
            int value = 0;
            foreach (var (key, value2) in flows)
                Print(key.Id, value2.Count + value2.Twice());
            foreach (var (key, value2) in flows)
            {
                foreach (var (inner, total) in totals)
                {
                    Print(key.Id, value2.Count + total);
                }
            }
            """
        );

    [Fact]
    public Task MapInAField_IsEnumerated() =>
        Fix.Verify<LookupInLoopFixProvider>(
            Maps
                + """
                public class User(Totals totals)
                {
                    private readonly Totals _totals = totals;
                    public ulong Sum()
                    {
                        ulong sum = 0;
                        foreach (uint key in this._totals.Keys)
                            sum += {|BPFMAP034:_totals.TryAggregate(key, out ulong total)|} ? total : 0;
                        foreach (uint key in this._totals.Keys)
                        {
                            if ({|BPFMAP034:_totals.TryAggregate(key, out ulong total)|})
                                sum += total;
                        }
                        return sum;
                    }
                }
                """,
            Maps
                + """
                public class User(Totals totals)
                {
                    private readonly Totals _totals = totals;
                    public ulong Sum()
                    {
                        ulong sum = 0;
                        foreach (uint key in this._totals.Keys)
                            sum += {|BPFMAP034:_totals.TryAggregate(key, out ulong total)|} ? total : 0;
                        foreach (var (key, total) in this._totals)
                        {
                            sum += total;
                        }
                        return sum;
                    }
                }
                """,
            title: "Enumerate 'this._totals' itself"
        );

    [Theory]
    [InlineData("flows[key] = new(); Print(0, {|BPFMAP034:flows[key]|}.Count);")]
    [InlineData("flows.Pin(\"/x\"); Print(0, {|BPFMAP034:flows[key]|}.Count);")]
    [InlineData("if ({|BPFMAP034:flows.TryGetValue(key, out Flow flow)|}) flow.Count++;")]
    [InlineData("if ({|BPFMAP034:flows.TryGetValue(key, out Flow flow)|}) flow.Reset();")]
    [InlineData("if ({|BPFMAP034:flows.TryGetValue(key, out Flow flow)|}) flow = default;")]
    [InlineData("if ({|BPFMAP034:flows.TryGetValue(key, out Flow flow)|}) Print(0, 0); else Print(1, 1);")]
    [InlineData(
        "if ({|BPFMAP034:flows.TryGetValue(key, out Flow flow)|}) { } if ({|BPFMAP034:flows.TryGetValue(key, out Flow other)|}) { }"
    )]
    [InlineData("Flow mine; {|BPFMAP034:flows.TryGetValue(key, out mine)|};")]
    [InlineData("Action later = () => Print(0, {|BPFMAP034:flows[key]|}.Count);")]
    public Task LoopThatDoesMore_HasNoFix(string body) =>
        Fix.VerifyNone<LookupInLoopFixProvider>(Method($"foreach (var key in flows.Keys) {{ {body} }}"));

    [Fact]
    public Task LoopThatYields_HasNoFix() =>
        Fix.VerifyNone<LookupInLoopFixProvider>(
            Maps
                + """
                public class User
                {
                    public IEnumerable<ulong> Use(Map map)
                    {
                        foreach (uint key in map.Keys)
                            yield return {|BPFMAP034:map[key]|};
                    }
                }
                public sealed class Map(RawMap raw, BpfMaps.Metadata.BpfMapSchema schema) : BpfHashMap<uint, ulong>(raw, schema)
                {
                    public new List<uint> Keys => [];
                    public new Entries GetEnumerator() => default;
                }
                public ref struct Entries
                {
                    public KeyValuePair<uint, ulong> Current => default;
                    public bool MoveNext() => false;
                }
                """
        );

    private static Task Verify(string before, string after) => Fix.Verify<LookupInLoopFixProvider>(Method(before), Method(after));

    private static string Method(string body) =>
        Maps
        + $$"""
            public class User
            {
                private static void Print(uint id, ulong count) { }
                public void Use(FlowMap flows, Totals totals)
                {
                    {{body.Replace("\n", "\n        ", StringComparison.Ordinal).Replace("\n        \n", "\n\n", StringComparison.Ordinal)}}
                }
            }
            """;
}
