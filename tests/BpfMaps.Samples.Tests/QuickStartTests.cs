namespace BpfMaps.Tests;

public sealed class QuickStartTests
{
    private const string PinPath = "/sys/fs/bpf/quickstart_flows";

    [Fact]
    public void Run_ShowsTheEntriesAndLeavesNoPin()
    {
        using PinDirectory _ = Require.BpfFs();

        (int exitCode, string output, string errors) = Processes.TryRun("dotnet", Programs.Sample("QuickStart"));

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(10, output.Split('\n').Count(line => line.StartsWith("10.0.0.", StringComparison.Ordinal)));
        Assert.Contains("Opened it again by its id", output, StringComparison.Ordinal);
        Assert.Contains($"opened it again from {PinPath}", output, StringComparison.Ordinal);
        Assert.False(File.Exists(PinPath));
    }

    [Fact]
    public void RunWithoutRights_SaysInOneLineWhatToDo()
    {
        Require.Root();
        (int exitCode, string output, string errors) = Processes.TryRun(
            "setpriv", "--inh-caps=-all", "--bounding-set=-all", "dotnet", Programs.Sample("QuickStart"));

        Assert.Equal((1, ""), (exitCode, output));
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("CAP_BPF", line, StringComparison.Ordinal);
    }
}
