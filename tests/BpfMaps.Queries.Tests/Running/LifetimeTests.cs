namespace BpfMaps.Tests;

/// <summary>Queries share nothing they should not, release everything, and can be disposed at any time.</summary>
[Collection(nameof(WholeProcess))]
public sealed class LifetimeTests
{
    [Fact]
    public void Disposal_ReleasesProgramsAndMaps()
    {
        Require.Feature(KernelFeature.Queries);
        using FlowMap map = FlowMap.Create();
        map.Set(new() { Address = 1 }, new() { Bytes = 5 });
        Ask(map);
        int before = OpenDescriptors();

        for (int round = 0; round < (SequenceCount.IsSet ? 4 : 20); round++)
            Ask(map);

        Assert.InRange(OpenDescriptors(), 0, before);
    }

    [Fact]
    public void ManyDifferentQuestions_KeepABoundedNumberOfPrograms()
    {
        Require.Feature(KernelFeature.Queries);
        using FlowMap map = FlowMap.Create();
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);
        query.Count();
        int before = OpenDescriptors();

        for (ulong literal = 0; literal < (SequenceCount.IsSet ? 80UL : 300UL); literal++)
        {
            System.Linq.Expressions.ParameterExpression flow = System.Linq.Expressions.Expression.Parameter(
                typeof(KeyValuePair<Flow.Key, Flow>)
            );
            query
                .Where(
                    System.Linq.Expressions.Expression.Lambda<Func<KeyValuePair<Flow.Key, Flow>, bool>>(
                        System.Linq.Expressions.Expression.Equal(
                            System.Linq.Expressions.Expression.Field(
                                System.Linq.Expressions.Expression.Property(flow, "Value"),
                                nameof(Flow.Bytes)
                            ),
                            System.Linq.Expressions.Expression.Constant(literal)
                        ),
                        flow
                    )
                )
                .Count();
        }

        Assert.InRange(OpenDescriptors() - before, 0, 64);
    }

    [Fact]
    public void CapturedVariables_ShareAProgram()
    {
        Require.Feature(KernelFeature.Queries);
        using FlowMap map = FlowMap.Create();
        map.Set(new() { Address = 1 }, new() { Bytes = 5, Name = "bash" });
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);
        Assert.Equal(1, Count(query, 5, "bash"));
        int before = OpenDescriptors();

        for (ulong bytes = 0; bytes < 100; bytes++)
            Assert.Equal(bytes == 5 ? 1 : 0, Count(query, bytes, bytes % 2 == 0 ? "x" : "bash"));

        Assert.InRange(OpenDescriptors(), 0, before);
    }

    [Fact]
    public void DisposedQueriesAndMaps_Throw()
    {
        Require.Feature(KernelFeature.Queries);
        using FlowMap map = FlowMap.Create();
        BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);
        BpfQueryFilter<Flow.Key, Flow> filter = query.Where(flow => flow.Value.Bytes > 1);
        query.Dispose();
        query.Dispose();
        Assert.Throws<ObjectDisposedException>(() => query.Count());
        Assert.Throws<ObjectDisposedException>(() => filter.ToArray());

        using BpfQuery<Flow.Key, Flow> second = map.InKernel(BpfQueryExecution.KernelOnly);
        Assert.Equal(0, second.Count());
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => second.Count());
        Assert.Throws<ObjectDisposedException>(() => second.GetValues(new Flow.Key[1], new Flow[1], new bool[1]));
    }

    [Fact]
    public void Enumeration_OutlivesTheDisposalOfItsQuery()
    {
        Require.Feature(KernelFeature.Queries);
        using FlowMap map = FlowMap.Create();
        for (uint address = 0; address < 100; address++)
            map.Set(new() { Address = address }, new() { Bytes = address });
        BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);

        ulong sum = 0;
        int count = 0;
        foreach (ref readonly KeyValuePair<Flow.Key, Flow> flow in query.Where(_ => true))
        {
            query.Dispose();
            sum += flow.Value.Bytes;
            count++;
        }

        Assert.Equal(100, count);
        Assert.Equal(4950UL, sum);
    }

    [Fact]
    public void QuestionInsideAnEnumeration_HasItsOwnMemory()
    {
        Require.Feature(KernelFeature.Queries);
        using FlowMap map = FlowMap.Create();
        for (uint address = 0; address < 50; address++)
            map.Set(new() { Address = address }, new() { Bytes = address });
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);

        foreach (ref readonly KeyValuePair<Flow.Key, Flow> flow in query.Where(_ => true))
        {
            uint address = flow.Key.Address;
            KeyValuePair<Flow.Key, Flow> same = query.Where(other => other.Key.Address == address).First();
            Assert.Equal(flow.Value.Bytes, same.Value.Bytes);
        }
    }

    [Fact]
    public void RepeatedQuestions_AllocateNothing()
    {
        Require.Feature(KernelFeature.Queries);
        using FlowMap map = FlowMap.Create();
        Dictionary<Flow.Key, Flow> flows = FlowSamples.Create(1_000);
        map.SetRange([.. flows.Keys], [.. flows.Values]);
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);
        ulong limit = 1_000;
        BpfQueryFilter<Flow.Key, Flow> filter = query.Where(flow => flow.Value.Bytes > limit && flow.Value.Name == "bash");
        Flow.Key[] keys = [.. flows.Keys];
        Flow[] values = new Flow[keys.Length];
        bool[] present = new bool[keys.Length];

        Assert.Equal(0, Allocations.Of(() => query.GetValues(keys, values, present)));
        Assert.Equal(0, Allocations.Of(() => filter.Count()));
        Assert.Equal(0, Allocations.Of(() => filter.Any()));
        Assert.Equal(0, Allocations.Of(() => filter.TryGetFirst(out _)));
        Assert.Equal(0, Allocations.Of(() => Walk(filter)));
        Assert.Equal(0, Allocations.Of(() => filter.Remove()));
    }

    private static long Walk(BpfQueryFilter<Flow.Key, Flow> filter)
    {
        long hops = 0;
        foreach (ref readonly KeyValuePair<Flow.Key, Flow> flow in filter)
            hops += flow.Value.Hops;
        return hops;
    }

    private static long Count(BpfQuery<Flow.Key, Flow> query, ulong bytes, string name) =>
        query.Where(flow => flow.Value.Bytes == bytes && flow.Value.Name == name).Count();

    private static void Ask(FlowMap map)
    {
        using BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);
        Assert.Equal(1, query.Where(flow => flow.Value.Bytes == 5).Count());
        Assert.Single(query.Where(flow => flow.Value.Bytes == 5).ToArray());
        Assert.Single(query.Top(3, flow => flow.Value.Bytes));
        Assert.Equal(1, query.GetValues([new() { Address = 1 }], new Flow[1], new bool[1]));
    }

    private static int OpenDescriptors() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
}
