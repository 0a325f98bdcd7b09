using BpfMaps.CodeFixes.Declarations;
using BpfMaps.CodeFixes.Tests.Harness;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Invalid names of metrics and labels.</summary>
public sealed class MetricNameTests
{
    [Fact]
    public Task Names_AreMadeValid() =>
        Fix.Verify<MetricNameFixProvider>(
            """
            [BpfMap(Type = Hash)]
            public struct Stats
            {
                public struct Key { [BpfLabel({|BPFMAP081:"le"|})] public uint A; [BpfLabel(/* kept */ {|BPFMAP081:"a b"|}, Match = "x")] public uint B; }
                [BpfCounter({|BPFMAP080:"http requests"|}, Unit = "1")] public ulong Count; // kept
                [BpfGauge({|BPFMAP080:"1st"|})] public ulong First;
            }
            """,
            """
            [BpfMap(Type = Hash)]
            public struct Stats
            {
                public struct Key { [BpfLabel("key_le")] public uint A; [BpfLabel(/* kept */ "a_b", Match = "x")] public uint B; }
                [BpfCounter("http_requests", Unit = "1")] public ulong Count; // kept
                [BpfGauge("map_1st")] public ulong First;
            }
            """
        );

    [Fact]
    public Task OneName_SaysWhatItBecomes() =>
        Fix.Verify<MetricNameFixProvider>(
            "[BpfMap(Type = Hash, Key = typeof(uint))] public struct Stats { [BpfCounter({|BPFMAP080:\"a b\"|})] public ulong Count; }",
            "[BpfMap(Type = Hash, Key = typeof(uint))] public struct Stats { [BpfCounter(\"a_b\")] public ulong Count; }",
            title: "Change the name to \"a_b\""
        );

    [Fact]
    public Task NameOfAConstant_IsLeftAlone() =>
        Fix.VerifyNone<MetricNameFixProvider>(
            """
            public static class Names { public const string Bad = "a b"; }
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct Stats { [BpfCounter({|BPFMAP080:Names.Bad|})] public ulong Count; }
            """
        );
}
