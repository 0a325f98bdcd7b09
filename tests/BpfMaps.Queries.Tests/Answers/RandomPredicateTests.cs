using System.Linq.Expressions;
using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Any predicate selects in the kernel, and in this process, what LINQ selects.</summary>
public sealed class RandomPredicateTests
{
    private static readonly int s_iterations = SequenceCount.Get(1_000);

    [Fact]
    public void RandomPredicates_SelectWhatLinqSelects()
    {
        Require.Feature(KernelFeature.Queries);
        Dictionary<Flow.Key, Flow> flows = FlowSamples.Create(300, seed: 7);
        using FlowMap map = FlowMap.Create();
        map.SetRange([.. flows.Keys], [.. flows.Values]);
        using BpfQuery<Flow.Key, Flow> inKernel = map.InKernel(BpfQueryExecution.KernelOnly);
        using BpfQuery<Flow.Key, Flow> inProcess = map.InKernel(BpfQueryExecution.UserSpaceOnly);

        Gen.UInt[0, 10_000]
            .Array[1, 60]
            .Sample(
                choices =>
                {
                    Expression<Func<KeyValuePair<Flow.Key, Flow>, bool>> predicate = new PredicateBuilder(choices).Build();
                    Dictionary<Flow.Key, Flow> expected = flows.Where(predicate.Compile(preferInterpretation: true)).ToDictionary();
                    return FlowSamples.HaveSameBytes(expected, inKernel.Where(predicate).ToArray())
                        && inProcess.Where(predicate).Count() == expected.Count;
                },
                iter: s_iterations,
                threads: 1,
                print: choices => new PredicateBuilder(choices).Build().ToString()
            );
    }
}
