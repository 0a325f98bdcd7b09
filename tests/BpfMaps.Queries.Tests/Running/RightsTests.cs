namespace BpfMaps.Tests;

/// <summary>What the process may not do is refused, or done in this process.</summary>
public sealed class RightsTests
{
    [Fact]
    public void Kernel_SupportsQueries()
    {
        Require.Kernel();

        Assert.True(BpfQuery.IsSupported(out string? reason), reason);
        Assert.Null(reason);
    }

    [Fact]
    public void InMemoryMap_SaysThatItsQueriesRunInThisProcess()
    {
        using FlowMap map = FlowMap.Create(new InMemoryBpfHost());
        using BpfQuery<Flow.Key, Flow> query = map.InKernel();

        Assert.False(query.RunsInKernel);
        Assert.Equal("The map is not in the kernel: queries of in-memory maps run in this process.", query.UserSpaceReason);
        BpfNotSupportedException problem = Assert.Throws<BpfNotSupportedException>(() => map.InKernel(BpfQueryExecution.KernelOnly));
        Assert.Contains("'flows'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BpfQueryExecution.KernelOnly)]
    [InlineData(BpfQueryExecution.UserSpaceOnly)]
    public void ReadOnlyDescriptor_MayAskButNotRemove(BpfQueryExecution execution)
    {
        using PinDirectory pins = Require.BpfFs();
        using FlowMap map = FlowMap.Create();
        map.Set(new() { Address = 1 }, new() { Bytes = 5 });
        map.Pin(pins["flows"]);
        using FlowMap readOnly = FlowMap.OpenPinned(pins["flows"], BpfMapAccess.ReadOnly);
        using BpfQuery<Flow.Key, Flow> query = readOnly.InKernel(execution);

        Assert.Equal(1, query.Where(flow => flow.Value.Bytes == 5).Count());
        BpfPermissionException problem = Assert.Throws<BpfPermissionException>(() => query.Where(flow => true).Remove());
        Assert.Contains("The descriptor is read-only: open the map for writing.", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, map.Count());
    }

    [Fact]
    public void WriteOnlyDescriptor_MayNotAsk()
    {
        using PinDirectory pins = Require.BpfFs();
        using FlowMap map = FlowMap.Create();
        map.Pin(pins["flows"]);
        using FlowMap writeOnly = FlowMap.OpenPinned(pins["flows"], BpfMapAccess.WriteOnly);

        BpfPermissionException problem = Assert.Throws<BpfPermissionException>(() => writeOnly.InKernel());
        Assert.Contains("The descriptor is write-only: open the map for reading.", problem.Message, StringComparison.Ordinal);
    }
}
