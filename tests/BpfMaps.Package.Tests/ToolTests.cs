using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>Tests of the tool as its users install it.</summary>
public sealed class ToolTests(PackageFeed feed)
{
    [Fact]
    public void InstalledTool_Runs()
    {
        string folder = feed.NewFolder();
        Directory.CreateDirectory(folder);
        ProcessStartInfo install = new("dotnet", ["tool", "install", "BpfMaps.Tool", "--version", feed.Version, "--tool-path", folder])
        {
            WorkingDirectory = folder,
        };
        feed.Prepare(install);

        (int exitCode, string output, string errors) = Processes.TryRun(install, TimeSpan.FromMinutes(2));

        Assert.True(exitCode == 0, output + errors);
        string command = Path.Combine(folder, "bpfmaps");
        Assert.StartsWith(feed.Version, Processes.Run(command, "--version"), StringComparison.Ordinal);
        Assert.StartsWith(
            "bpf-layout 1\n",
            Processes.Run(command, "layout", $"{Checkout.Root}samples/SyscallTop/bpf/syscalls.bpf.o"),
            StringComparison.Ordinal
        );
    }
}
