namespace BpfMaps.Tests;

/// <summary>Queries without the necessary privileges fail, or run in this process.</summary>
public sealed class RightsTests
{
    [Fact]
    public void Kernel_SupportsQueries()
    {
        Require.Feature(KernelFeature.Queries);

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
        if (execution == BpfQueryExecution.KernelOnly)
            Require.Feature(KernelFeature.Queries);
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

    [Fact]
    public void CapBpf_Suffices()
    {
        Require.Feature(KernelFeature.Queries);
        Require.Root();
        OwnThread.RunWithCapBpf(static () =>
        {
            using FlowMap map = Fill();
            using BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);

            AskEverything(query);
            Assert.True(query.RunsInKernel);
        });
    }

    [Fact]
    public void CapBpf_SufficesForTotals()
    {
        Require.Feature(KernelFeature.QueriesOfPerCpuMaps);
        Require.Root();
        OwnThread.RunWithCapBpf(static () =>
        {
            using UsageByIdMap map = UsageByIdMap.Create();
            map.SetAll(1, new() { Calls = 2, Balance = -1 });
            using BpfPerCpuQuery<ulong, Usage> query = map.InKernel(BpfQueryExecution.KernelOnly);

            Assert.Equal(2UL * (ulong)map.CpuCount, query.Totals().First().Value.Calls);
            Assert.Equal(-map.CpuCount, query.Top(1, usage => usage.Value.Balance)[0].Value.Balance);
        });
    }

    /// <summary>The map is open, so its elements can be read without privileges, but programs cannot be loaded.</summary>
    [Fact]
    public void WithoutCapabilities_QueriesRunInThisProcess_WithEqualResults()
    {
        Require.Feature(KernelFeature.UseWithoutCapability);
        Require.Root();
        RequireRestrictions();
        using FlowMap map = Fill();

        OwnThread.RunWithoutCapabilities(() =>
        {
            using BpfQuery<Flow.Key, Flow> query = map.InKernel();

            AskEverything(query);
            Assert.False(query.RunsInKernel);
            Assert.Contains("requires CAP_BPF", query.UserSpaceReason, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void WithoutCapabilities_KernelOnly_NamesTheMissingOne()
    {
        Require.Feature(KernelFeature.UseWithoutCapability);
        Require.Root();
        RequireRestrictions();
        using FlowMap map = Fill();

        OwnThread.RunWithoutCapabilities(() =>
        {
            BpfPermissionException problem = Assert.Throws<BpfPermissionException>(() =>
            {
                using BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);
                query.Count();
            });
            Assert.Contains("requires CAP_BPF", problem.Message, StringComparison.Ordinal);
        });
    }

    /// <summary>A query that has run in the kernel continues in this process when it may no longer load programs.</summary>
    [Fact]
    public void RefusedProgram_ChangesToThisProcess()
    {
        Require.Feature(KernelFeature.Queries);
        Require.Feature(KernelFeature.UseWithoutCapability);
        Require.Root();
        RequireRestrictions();
        using FlowMap map = Fill();
        using BpfQuery<Flow.Key, Flow> query = map.InKernel();
        BpfQueryFilter<Flow.Key, Flow> loaded = query.Where(flow => flow.Value.Bytes > 5);
        Assert.Equal(4, loaded.Count());
        Assert.True(query.RunsInKernel);

        OwnThread.RunWithoutCapabilities(() =>
        {
            // Its program is loaded, and running it needs no capability.
            Assert.Equal(4, loaded.Count());
            Assert.True(query.RunsInKernel);

            AskEverything(query);
            Assert.False(query.RunsInKernel);
            Assert.NotNull(query.UserSpaceReason);
        });
        AskEverything(query);
        Assert.Equal(4, loaded.Count());
    }

    [Fact]
    public void NewQuery_AfterARefusal_RunsInTheKernelAgain()
    {
        Require.Feature(KernelFeature.Queries);
        Require.Feature(KernelFeature.UseWithoutCapability);
        Require.Root();
        RequireRestrictions();
        using FlowMap map = Fill();
        OwnThread.RunWithoutCapabilities(() =>
        {
            using BpfQuery<Flow.Key, Flow> refused = map.InKernel();
            AskEverything(refused);
        });

        using BpfQuery<Flow.Key, Flow> query = map.InKernel(BpfQueryExecution.KernelOnly);
        AskEverything(query);
        Assert.True(query.RunsInKernel);
    }

    private static void RequireRestrictions() =>
        Require.That(
            File.ReadAllText("/proc/sys/kernel/unprivileged_bpf_disabled").Trim() != "0",
            "unprivileged-bpf-disabled",
            "this kernel lets everybody use bpf(2)"
        );

    private static FlowMap Fill()
    {
        FlowMap map = FlowMap.Create();
        for (uint address = 0; address < 10; address++)
            map.Set(new() { Address = address }, new() { Bytes = address, Delta = -(long)address });
        return map;
    }

    private static void AskEverything(BpfQuery<Flow.Key, Flow> query)
    {
        Assert.Equal(10, query.Count());
        Assert.Equal(7, query.Where(flow => flow.Value.Bytes >= 3).ToArray().Length);
        Assert.True(query.Where(flow => flow.Value.Bytes == 3).Any());
        Assert.Equal(-9, query.Min(flow => flow.Value.Delta));
        Assert.Equal(45UL, query.Sum(flow => flow.Value.Bytes));
        Assert.Equal([9UL, 8UL], query.Top(2, flow => flow.Value.Bytes).Select(flow => flow.Value.Bytes));
        Flow[] values = new Flow[2];
        Assert.Equal(1, query.GetValues([new() { Address = 4 }, new() { Address = 40 }], values, new bool[2]));
        Assert.Equal(4UL, values[0].Bytes);
        Assert.Equal(0, query.Where(flow => flow.Value.Bytes > 100).Remove());
    }
}
