using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace BpfMaps.Tests;

/// <summary>A BPF object in applications that start, stop and start again.</summary>
[Collection("counted calls")]
public sealed class HostedObjectTests
{
    private const int Calls = 1_000;

    [Fact]
    public async Task Application_CountsBetweenStartAndStop()
    {
        using TestApplication application = new(static _ => { });
        Assert.Equal(HealthStatus.Unhealthy, (await application.CheckAsync()).Status);

        await application.StartAsync();
        TestApplication.Call(Calls);
        HealthReportEntry health = await application.CheckAsync();
        await application.StopAsync();
        TestApplication.Call(Calls);

        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Contains("on_enter", health.Data.Keys);
        Assert.Equal((ulong)Calls, application.Counted);
        Assert.Equal(HealthStatus.Unhealthy, (await application.CheckAsync()).Status);
        Assert.Contains((LogLevel.Information, "Attached the BPF program on_enter"), application.Log.Messages);
        Assert.Contains(
            application.Log.Messages,
            static message => message.Level == LogLevel.Trace && message.Text.StartsWith("libbpf: ", StringComparison.Ordinal)
        );
        Assert.Contains((LogLevel.Information, "Detached the programs of the BPF object counter"), application.Log.Messages);
    }

    [Fact]
    public async Task PinnedProgram_CountsWhileNoApplicationRunsAndIsTakenOver()
    {
        using PinDirectory pins = Require.BpfFs();
        string folder = pins["guard"];
        using (TestApplication first = new(options => options.PinFolder = folder))
        {
            await first.StartAsync();
            TestApplication.Call(Calls);
            await first.StopAsync();
        }
        TestApplication.Call(Calls);

        using TestApplication second = new(options =>
        {
            options.PinFolder = folder;
            options.RemovePinsOnStop = true;
        });
        await second.StartAsync();
        TestApplication.Call(Calls);

        Assert.Equal(3UL * Calls, second.Counted);
        Assert.Equal(["calls", "on_enter"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains(
            (LogLevel.Information, $"The pinned link {folder}/on_enter runs the BPF program on_enter of this process now"),
            second.Log.Messages
        );

        await second.StopAsync();
        TestApplication.Call(Calls);

        Assert.Equal(3UL * Calls, second.Counted);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task RemovedPin_IsDegraded()
    {
        using PinDirectory pins = Require.BpfFs();
        using TestApplication application = new(options => options.PinFolder = pins["guard"]);
        await application.StartAsync();

        File.Delete(pins["guard/on_enter"]);
        HealthReportEntry health = await application.CheckAsync();

        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains(pins["guard/on_enter"], health.Description, StringComparison.Ordinal);
        await application.StopAsync();
    }

    [Fact]
    public async Task FailPolicy_NamesThePinsAndLoadsNothing()
    {
        using PinDirectory pins = Require.BpfFs();
        using TestApplication first = new(options => options.PinFolder = pins["guard"]);
        await first.StartAsync();
        using TestApplication second = new(options =>
        {
            options.PinFolder = pins["guard"];
            options.PinPolicy = PinPolicy.Fail;
        });

        BpfException failure = await Assert.ThrowsAsync<BpfException>(second.StartAsync);

        Assert.Equal("EEXIST", failure.ErrnoName);
        Assert.Contains($"{pins["guard/calls"]}, {pins["guard/on_enter"]}", failure.Message, StringComparison.Ordinal);
        TestApplication.Call(Calls);
        Assert.Equal((ulong)Calls, first.Counted);
    }

    [Fact]
    public async Task AttachmentThatFails_LeavesNothingAttachedOrPinned()
    {
        using PinDirectory pins = Require.BpfFs();
        using TestApplication application = new(options =>
        {
            options.PinFolder = pins["guard"];
            options.Attach(static counter => counter.OnEnter);
            options.Attach(static counter => counter.OnEnter, static program => program.AttachRawTracepoint("no_such_event"));
        });

        await Assert.ThrowsAnyAsync<BpfException>(application.StartAsync);

        TestApplication.Call(Calls);
        Assert.Equal(0UL, application.Counted);
        Assert.False(File.Exists(pins["guard/on_enter"]));
    }

    [Fact]
    public async Task FolderOutsideOfABpfFileSystem_IsAnErrorThatSaysWhatToMount()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"bpfmaps{Guid.NewGuid():N}");
        using TestApplication application = new(options => options.PinFolder = folder);

        BpfException failure = await Assert.ThrowsAsync<BpfException>(application.StartAsync);

        Assert.Contains("mount -t bpf bpf", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }
}
