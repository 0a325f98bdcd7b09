namespace BpfMaps.Tests;

/// <summary>The output of bpf_printk.</summary>
[Collection(nameof(WholeProcess))]
public sealed class TraceTests
{
    [Fact]
    public async Task PrintedLines_AreReadAsRecords()
    {
        Require.Feature(KernelFeature.SyscallPrograms);
        Require.TraceFs();
        using BpfObject printing = BpfObject.Open(CompiledFixture.Path("printing"));
        printing.Load();
        using CancellationTokenSource timeout = new(TimeSpan.FromSeconds(60));
        List<BpfTraceLine> lines = [];

        _ = printing.GetProgram("print").TestRun();
        await foreach (BpfTraceLine line in BpfTrace.ReadAllAsync(timeout.Token))
        {
            if (line.Message.StartsWith("bpfmaps", StringComparison.Ordinal))
                lines.Add(line);
            if (lines.Count == 2)
                break;
        }

        Assert.Equal(["bpfmaps says 4711", "bpfmaps ends the line"], lines.Select(line => line.Message));
        Assert.All(lines, line => Assert.NotEqual(0, line.ThreadId));
        Assert.All(lines, line => Assert.InRange(line.Cpu, 0, BpfHost.Kernel.PossibleCpus[^1]));
        Assert.All(lines, line => Assert.True(line.Time > TimeSpan.Zero));
        Assert.All(lines, line => Assert.NotEmpty(line.Task));
    }

    [Fact]
    public async Task Cancellation_EndsAWaitingReader()
    {
        Require.Kernel();
        Require.TraceFs();
        using CancellationTokenSource cancellation = new();
        Task reading = ReadAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        static async Task ReadAsync(CancellationToken token)
        {
            await foreach (BpfTraceLine _ in BpfTrace.ReadAllAsync(token)) { }
        }
    }

    [Theory]
    [InlineData("           <...>-1234    [001] d...1   123.456789: bpf_trace_printk: hello", "<...>", 1234, 1, "hello")]
    [InlineData("  my app-x-7       [000] dN.h. 99999.000001: 0: a: b", "my app-x", 7, 0, "a: b")]
    [InlineData("            bash-12      (     12) [003] .....  1.500000: bpf_trace_printk: with process", "bash", 12, 3, "with process")]
    [InlineData("CPU:1 [LOST 12 EVENTS]", "", 0, -1, "CPU:1 [LOST 12 EVENTS]")]
    public void LinesOfAllKernels_AreUnderstood(string line, string task, int thread, int cpu, string message)
    {
        BpfTraceLine parsed = BpfTraceLine.Parse(line);

        Assert.Equal((task, thread, cpu, message), (parsed.Task, parsed.ThreadId, parsed.Cpu, parsed.Message));
    }

    [Fact]
    public void Time_IsRead() =>
        Assert.Equal(TimeSpan.FromTicks(1_234_567_890), BpfTraceLine.Parse("a-1 [000] d...1   123.456789: bpf_trace_printk: x").Time);
}
