using BpfMaps.Interop;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests.Programs;

/// <summary>Metrics about programs.</summary>
public sealed class ProgramTests
{
    private const BpfCommand EnableStatistics = (BpfCommand)32;
    private const int Runs = 37;

    [Fact]
    public void Program_IsCountedWhileTheKernelKeepsStatistics()
    {
        Require.Kernel();
        Require.Root();
        using TestProgram program = TestProgram.Load(ProgramType.SocketFilter, [Instruction.Move(0, 0), Instruction.Exit]);
        using BpfMetricsRegistry metrics = new();
        metrics.AddProgram("filter", (int)program.Handle.DangerousGetHandle());
        using (Statistics())
        {
            for (int run = 0; run < Runs; run++)
                program.Run(takesPacket: true);
        }
        Assert.Equal([$"bpfmaps_program_runs_total{{program=\"filter\"}} {Runs}"], metrics.Samples("bpfmaps_program_runs"));
        Assert.StartsWith(
            "bpfmaps_program_run_seconds_total{program=\"filter\"} ",
            Assert.Single(metrics.Samples("bpfmaps_program_run_seconds")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void DescriptorOfSomethingElse_IsRefused()
    {
        using BpfMetricsRegistry metrics = new();
        using SafeFileHandle file = File.OpenHandle("/dev/null");
        ArgumentException problem = Assert.Throws<ArgumentException>(() => metrics.AddProgram("file", (int)file.DangerousGetHandle()));
        Assert.Contains("is not a descriptor of a BPF program: it is /dev/null", problem.Message, StringComparison.Ordinal);
        Assert.Contains(
            "not open",
            Assert.Throws<ArgumentException>(() => metrics.AddProgram("nothing", 1_000_000)).Message,
            StringComparison.Ordinal
        );
    }

    // The kernel keeps statistics for as long as the descriptor is open (BPF_ENABLE_STATS, Linux 5.8).
    private static unsafe SafeFileHandle Statistics()
    {
        ulong runTime = 0;
        int descriptor = BpfSyscall.Invoke(EnableStatistics, &runTime, sizeof(uint));
        Assert.True(descriptor >= 0, $"BPF_ENABLE_STATS failed: errno {-descriptor}");
        return new(descriptor, ownsHandle: true);
    }
}
