using BpfMaps.CodeFixes.Tests.Harness;
using BpfMaps.CodeFixes.Use;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Maps that are not disposed.</summary>
public sealed class DisposalTests
{
    [Fact]
    public Task Variables_AreDeclaredWithUsing() =>
        Fix.Verify<DisposeFixProvider>(
            Method(
                """
                // All flows.
                var {|BPFMAP033:flows|} = FlowMap.OpenById(1); // by id
                if (flows.Count() > 0)
                {
                    FlowMap {|BPFMAP033:others|} = FlowMap.OpenById(2);
                    others[1] = 1;
                }
                """
            ),
            Method(
                """
                // All flows.
                using var flows = FlowMap.OpenById(1); // by id
                if (flows.Count() > 0)
                {
                    using FlowMap others = FlowMap.OpenById(2);
                    others[1] = 1;
                }
                """
            )
        );

    [Theory]
    [InlineData("{|BPFMAP033:FlowMap.OpenById(1)|};")]
    [InlineData("var {|BPFMAP033:flows|} = FlowMap.OpenById(1); flows = FlowMap.OpenById(2);")]
    [InlineData("FlowMap {|BPFMAP033:a|} = FlowMap.OpenById(1), {|BPFMAP033:b|} = FlowMap.OpenById(2);")]
    [InlineData("switch (id) { case 1: var {|BPFMAP033:flows|} = FlowMap.OpenById(1); break; }")]
    public Task WhereUsingCannotStand_HasNoFix(string body) => Fix.VerifyNone<DisposeFixProvider>(Method(body));

    private static string Method(string body) =>
        $$"""
            public sealed class FlowMap(RawMap raw, BpfMaps.Metadata.BpfMapSchema schema) : BpfHashMap<uint, ulong>(raw, schema)
            {
                public static FlowMap OpenById(uint id) => throw null!;
            }
            public class User
            {
                public void Use(int id)
                {
                    {{body.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                }
            }
            """;
}
