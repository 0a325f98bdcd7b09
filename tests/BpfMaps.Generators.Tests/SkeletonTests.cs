using System.Collections.Immutable;
using System.Reflection;
using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Tests;

/// <summary>A declaration with errors still has a class, so that code that uses it has no further errors.</summary>
public sealed class SkeletonTests
{
    private const string Usings = "using System; using System.Runtime.InteropServices; using BpfMaps; using static BpfMaps.BpfMapType;\n";

    [Theory]
    [InlineData("[BpfMap(Type = Hash, Key = typeof(uint), Name = \"a-b\")] public struct Flow { public ulong Count; }", "BPFMAP014")]
    [InlineData(
        "[BpfMap(Type = Hash, Key = typeof(uint), Flags = BpfMapFlags.Mmapable)] public struct Flow { public ulong Count; }",
        "BPFMAP017"
    )]
    [InlineData("[BpfMap(Type = Hash, Key = typeof(uint), KeySize = 8)] public struct Flow { public ulong Count; }", "BPFMAP024")]
    [InlineData("[BpfMap(Type = Hash, Key = typeof(uint), ValueSize = 4)] public struct Flow { public ulong Count; }", "BPFMAP025")]
    [InlineData("[BpfMap(Type = Hash, Key = typeof(uint), Inner = typeof(uint))] public struct Flow { public ulong Count; }", "BPFMAP047")]
    [InlineData("[BpfMap(Type = Hash, Key = typeof(uint))] public struct Flow { public ulong Count; public bool Seen; }", "BPFMAP022")]
    [InlineData("[BpfMap(Type = Hash, Key = typeof(uint))] public struct Flow { public ulong Count; public int? Perhaps; }", "BPFMAP021")]
    [InlineData(
        "[BpfMap(Type = Hash, Key = typeof(uint))] [StructLayout(LayoutKind.Auto)] public struct Flow { public ulong Count; }",
        "BPFMAP023"
    )]
    public async Task DeclarationWithErrors_LeavesTheCodeThatUsesItWithout(string declaration, string id)
    {
        string source =
            Usings
            + declaration
            + """

                internal static class User
                {
                    public static ulong Use(FlowMap given)
                    {
                        using FlowMap flows = FlowMap.Create(16);
                        using FlowMap opened = FlowMap.OpenPinned("/sys/fs/bpf/flows", BpfMapAccess.ReadOnly);
                        flows[1] = new() { Count = 1 };
                        ulong total = flows.TryGetValue(2, out Flow flow) ? flow.Count : FlowMap.Schema.MaxEntries ?? 0;
                        foreach ((uint key, Flow value) in given)
                            total += key + value.Count;
                        return total;
                    }
                }
                """;
        Assert.Equal([id], await ReportAsync(source));
        Generation.RunClean(source);
    }

    [Fact]
    public async Task PerCpuMapThatCannotBeAggregated_HasItsClass()
    {
        const string Source =
            Usings
            + """
                [BpfMap(Type = PerCpuArray, MaxEntries = 4)] public struct Seen { public ulong Count; public BpfText<Bytes16> Comm; }
                internal static class User { public static ulong Use() { using SeenMap seen = SeenMap.Create(); return seen.Aggregate(1).Count; } }
                """;
        Assert.Equal(["BPFMAP019"], await ReportAsync(Source));
        Generation.RunClean(Source);
    }

    [Fact]
    public void ClassOfADeclarationWithErrors_DoesNothing()
    {
        using LoadedCode code = new(
            Usings
                + """
                [BpfMap(Type = Hash, Key = typeof(uint), MaxEntries = 16, Name = "a-b")] public struct Flow { public ulong Count; }
                public static class User { public static object Use() => FlowMap.Create(); }
                """
        );
        TargetInvocationException problem = Assert.Throws<TargetInvocationException>(() => code.Call("User", "Use"));
        Assert.Equal(
            "The declaration of the map of 'Flow' has errors, which the build reported.",
            Assert.IsType<InvalidOperationException>(problem.InnerException).Message
        );
    }

    [Theory]
    [InlineData("[BpfMap(Type = Hash)] public struct Flow { public ulong Count; }")]
    [InlineData("[BpfMap(Key = typeof(uint))] public struct Flow { public ulong Count; }")]
    [InlineData("[BpfMap(Type = Queue)] public struct Flow<T> { public ulong Count; }")]
    [InlineData("[BpfMap(Type = Queue, ClassName = \"a b\")] public struct Flow { public ulong Count; }")]
    [InlineData("[BpfMap(Type = Queue)] public struct Flow { public string Name; }")]
    public void DeclarationThatLeavesItsClassOpen_HasNone(string declaration) =>
        Assert.Empty(
            Generation
                .CreateDriver()
                .RunGenerators(Generation.Compile(Usings + declaration), TestContext.Current.CancellationToken)
                .Sources()
        );

    private static async Task<string[]> ReportAsync(string source)
    {
        ImmutableArray<Diagnostic> reported = await Diagnose.Report<MapDeclarationAnalyzer>(Generation.Compile(source));
        return [.. reported.Select(static d => d.Id)];
    }
}
