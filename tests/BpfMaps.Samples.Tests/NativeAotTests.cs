using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of a sample as a native program.</summary>
[Collection(KnownLoad.Collection)]
public sealed class NativeAotTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(9);

    private readonly string _folder = Directory.CreateTempSubdirectory("bpfmaps_aot").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task SyscallTop_WithStaticLibbpf_CountsWithoutTheLibrary()
    {
        Require.Kernel();
        Require.Libbpf();
        Require.Root();
        Require.Clang(); // for linking
        string program = Path.Combine(Publish("SyscallTop", "-p:BpfStaticLibbpf=true"), "SyscallTop");

        Assert.DoesNotMatch("libbpf|libelf|libz", Processes.Run("ldd", program));
        await KnownLoad.AssertSyscallTopCountsItAsync("unshare", [.. HiddenLibraries.Arguments, program]);

        // The same sample is told so if it needs the library.
        (int exitCode, _, string errors) = Processes.TryRun(
            "unshare",
            [.. HiddenLibraries.Arguments, "dotnet", Programs.Sample("SyscallTop")]
        );
        Assert.Equal(1, exitCode);
        Assert.Contains("The library libbpf.so.1 was not found", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KernelMetrics_IsOneFileThatNeedsExactlyTheCapabilitiesOfItsUnit()
    {
        Require.Kernel();
        Require.Libbpf();
        Require.TraceFs();
        Require.Root();
        Require.Clang(); // for linking
        string published = Publish("KernelMetrics");
        string program = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "alone")).FullName, "KernelMetrics");
        File.Copy(Path.Combine(published, "KernelMetrics"), program);
        Processes.Run("chmod", "o+x", _folder);
        string[] capabilities = CapabilitiesOf("KernelMetrics/kernel-metrics.service", "AmbientCapabilities=");
        const string Named = "kernel_timer_starts_total.function=\"[a-z_]";

        using (RunningSample sample = await StartAsync(capabilities))
            Assert.Matches(Named, await TextWithTimersAsync(sample));
        foreach (string capability in capabilities.Except(["syslog"]))
            await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(capabilities.Except([capability])));
        using (RunningSample sample = await StartAsync(capabilities.Except(["syslog"])))
            Assert.DoesNotMatch(Named, await TextWithTimersAsync(sample));

        Task<RunningSample> StartAsync(IEnumerable<string> names)
        {
            string set = string.Concat(names.Select(static name => ",+" + name));
            return RunningSample.StartAsync(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--no-new-privs",
                $"--inh-caps=-all{set}",
                $"--ambient-caps=-all{set}",
                $"--bounding-set=-all{set}",
                program,
                "--port",
                "0"
            );
        }
    }

    [Fact]
    public async Task Guard_IsOneFileThatNeedsNoLibbpf_AndExactlyTheCapabilitiesOfItsUnit()
    {
        Require.Libbpf();
        Require.Clang(); // for linking
        using PinDirectory pins = Require.BpfFs();
        using GuardNetwork network = new();
        using GuardTraffic traffic = new(network);
        string published = Publish("Guard/Guard");
        string program = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "alone")).FullName, "guard");
        File.Copy(Path.Combine(published, "guard"), program);
        string blocklist = Path.Combine(_folder, "blocklist");
        File.WriteAllText(blocklist, GuardNetwork.Bad);
        string[] capabilities = CapabilitiesOf("Guard/guard.service", "CapabilityBoundingSet=");

        foreach (string capability in capabilities)
        {
            using RunningGuard refused = Start(capabilities.Except([capability]));
            Assert.Equal(1, (await refused.EndAsync()).ExitCode);
        }
        using (RunningGuard guard = Start(capabilities))
        {
            await guard.LineAsync("Ready");
            traffic.Start();
            string mapped = File.ReadAllText($"/proc/{guard.Process.Id}/maps");
            Assert.Contains(program, mapped, StringComparison.Ordinal);
            Assert.DoesNotMatch("libbpf|libelf", mapped);
        }
        using (RunningGuard guard = Start(capabilities))
        {
            await guard.LineAsync("runs the BPF program filter of this process now");
            await guard.LineAsync($"blocked {GuardNetwork.Bad}");
            await traffic.WaitForGoodAsync(traffic.ReceivedGood + 5);
            guard.Signal("TERM");
            Assert.Equal((0, ""), await guard.EndAsync());
        }
        traffic.Stop();
        Assert.Equal(0, traffic.ReceivedBad);

        RunningGuard Start(IEnumerable<string> names)
        {
            string set = string.Concat(names.Select(static name => ",+" + name));
            string[] limited = ["setpriv", "--no-new-privs", "--inh-caps=-all", $"--bounding-set=-all{set}", program];
            return RunningGuard.Start(network, limited, pins.Path, "--blocklist", blocklist);
        }
    }

    private static string[] CapabilitiesOf(string unit, string setting) =>
        [
            .. File.ReadLines(Programs.SampleFile(unit))
                .Single(line => line.StartsWith(setting, StringComparison.Ordinal))
                .Split('=')[1]
                .Split(' ')
                .Select(static name => name["CAP_".Length..].ToLowerInvariant()),
        ];

    private static async Task<string> TextWithTimersAsync(RunningSample sample)
    {
        // The first timers start within milliseconds.
        while (true)
        {
            string text = await sample.ScrapeAsync(TestContext.Current.CancellationToken);
            if (text.Contains("kernel_timer_starts_total{", StringComparison.Ordinal))
                return text;
        }
    }

    /// <summary>
    /// Publishes a sample and all its dependencies into a new folder, because other builds may use the folders of the projects.
    /// </summary>
    /// <returns>The path of the program.</returns>
    private string Publish(string sample, params string[] arguments)
    {
        (int exitCode, string output, string errors) = Processes.TryRun(
            new ProcessStartInfo(
                "dotnet",
                [
                    "publish",
                    Programs.SampleFile(sample),
                    "-c",
                    "Release",
                    "-r",
                    RuntimeInformation.RuntimeIdentifier,
                    "-p:PublishAot=true",
                    "-warnaserror",
                    "--artifacts-path",
                    _folder,
                    "-o",
                    Path.Combine(_folder, "out"),
                    "-nodeReuse:false",
                    .. arguments,
                ]
            ),
            s_patience
        );
        Assert.True(exitCode == 0, output + errors);
        return Path.Combine(_folder, "out");
    }
}
