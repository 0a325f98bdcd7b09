namespace BpfMaps.Tests;

public sealed class QuickStartTests
{
    private const string PinPath = "/sys/fs/bpf/quickstart_flows";

    [Theory]
    [InlineData]
    [InlineData("--host", "kernel")]
    public void Run_PrintsTheEntriesAndLeavesNoPin(params string[] arguments)
    {
        using PinDirectory _ = Require.BpfFs();

        (int exitCode, string output, string errors) = Run(arguments);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.StartsWith("Created map 'flow_stats'", output, StringComparison.Ordinal);
        AssertShowsAll(output);
        Assert.False(File.Exists(PinPath));
    }

    [Fact]
    public void RunInMemory_PrintsTheSameWithoutTheKernel()
    {
        (int exitCode, string output, string errors) = RunWithoutRights("--host", "memory");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(
            "The maps are in this process, not in the kernel. Use --host kernel to create them in the kernel.",
            output.Split('\n')[0]
        );
        AssertShowsAll(output);
        Assert.False(File.Exists(PinPath));
    }

    [Fact]
    public void RunWithoutPrivileges_ContinuesInMemoryAndPrintsTheReason()
    {
        (int exitCode, string output, string errors) = RunWithoutRights();

        Assert.Equal((0, ""), (exitCode, errors));
        string[] lines = output.Split('\n');
        Assert.StartsWith("The maps are in this process, not in the kernel. Insufficient privileges", lines[0], StringComparison.Ordinal);
        Assert.Contains("CAP_BPF", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Created map", lines[1], StringComparison.Ordinal);
        AssertShowsAll(output);
    }

    [Fact]
    public void KernelWithoutPrivileges_PrintsOneLineWithAdvice()
    {
        (int exitCode, string output, string errors) = RunWithoutRights("--host", "kernel");

        Assert.Equal((1, ""), (exitCode, output));
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("CAP_BPF", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--host")]
    [InlineData("--host", "disk")]
    [InlineData("--host", "memory", "kernel")]
    public void UnknownArguments_PrintTheUsage(params string[] arguments)
    {
        (int exitCode, string output, string errors) = Run(arguments);

        Assert.Equal((2, "", "Usage: QuickStart [--host kernel|memory]"), (exitCode, output, errors.TrimEnd()));
    }

    private static void AssertShowsAll(string output)
    {
        Assert.Equal(10, output.Split('\n').Count(line => line.StartsWith("10.0.0.", StringComparison.Ordinal)));
        Assert.Contains("Opened the map by id", output, StringComparison.Ordinal);
        Assert.Contains($"opened it from {PinPath}", output, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Errors) Run(params string[] arguments) =>
        Processes.TryRun("dotnet", [Programs.Sample("QuickStart"), .. arguments]);

    private static (int ExitCode, string Output, string Errors) RunWithoutRights(params string[] arguments)
    {
        Require.Root();
        return Processes.TryRun(
            "setpriv",
            ["--inh-caps=-all", "--bounding-set=-all", "dotnet", Programs.Sample("QuickStart"), .. arguments]
        );
    }
}
