using System.Globalization;
using System.Text.RegularExpressions;

namespace BpfMaps.Tests;

/// <summary>The sample Guard on a network of its own.</summary>
public sealed class GuardTests : IDisposable
{
    private const string BadRule = GuardNetwork.Bad + "/32";

    private readonly PinDirectory _pins;
    private readonly GuardNetwork _network;
    private readonly GuardTraffic _traffic;
    private readonly string _folder = Directory.CreateTempSubdirectory("guard").FullName;

    public GuardTests()
    {
        Require.Libbpf();
        _pins = Require.BpfFs();
        _network = new GuardNetwork();
        _traffic = new GuardTraffic(_network);
    }

    private string Blocklist => Path.Combine(_folder, "blocklist");

    public void Dispose()
    {
        _traffic.Dispose();
        _network.Dispose();
        _pins.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task KilledFiftyTimes_NoPacketOfABlockedSourceGetsThrough()
    {
        File.WriteAllText(Blocklist, GuardNetwork.Bad);
        Random random = new(1);
        using (RunningGuard first = Start("--blocklist", Blocklist))
        {
            await first.LineAsync("Ready");
            _traffic.Start();
        }

        for (int kill = 1; kill < 50; kill++)
        {
            // Half of them are killed when they are ready, the others somewhere between the start of the process and then.
            using RunningGuard guard = Start("--blocklist", Blocklist);
            if (kill % 2 == 0)
                await guard.LineAsync("Ready");
            else
                await Task.Delay(random.Next(20, 400), TestContext.Current.CancellationToken);
            guard.Kill();
            await _traffic.WaitForGoodAsync(_traffic.ReceivedGood + 5);
        }

        using (RunningGuard last = Start("--blocklist", Blocklist))
        {
            await last.LineAsync("Ready");
            _traffic.Stop();
        }
        await WaitForDroppedAsync(_traffic.SentBad);
        Assert.Equal(0, _traffic.ReceivedBad);
        Assert.True(_traffic.SentBad > 1000, $"{_traffic.SentBad} packets of the blocked source were sent");
    }

    [Fact]
    public async Task OtherLayout_IsRefusedBeforeAnythingIsTouched_AndMigratedWhenTold()
    {
        LoadVersion1();
        _traffic.Start();
        await _traffic.WaitForGoodAsync(20);
        string[] before = State();

        (int exitCode, string errors) = await Start().EndAsync();

        Assert.Equal(3, exitCode);
        Assert.Contains(_pins["sources"], errors, StringComparison.Ordinal);
        Assert.Contains("--migrate", errors, StringComparison.Ordinal);
        Assert.Equal(before, State());

        using RunningGuard guard = Start("--migrate");
        await guard.LineAsync("counters of 2 sources were migrated");
        await guard.LineAsync("Ready");

        Match good = Regex.Match(Run(0, "top"), $"^{Regex.Escape(GuardNetwork.Good)} +([0-9]+) +", RegexOptions.Multiline);
        Assert.True(long.Parse(good.Groups[1].Value, CultureInfo.InvariantCulture) >= 20, $"of 20 packets: {good}");
        Assert.NotEqual(ProgramOf(before), ProgramOf(State()));
        await _traffic.WaitForGoodAsync(_traffic.ReceivedGood + 5);
        _traffic.Stop();
        await WaitForDroppedAsync(_traffic.SentBad);
        Assert.Equal(0, _traffic.ReceivedBad);
        Assert.DoesNotContain(State(), static line => line.Contains("_migrated", StringComparison.Ordinal));
    }

    [Fact]
    public void PrebuiltObject_MatchesItsSource()
    {
        Require.Clang();
        string compiled = Programs.SampleFile($"Guard/Guard/obj/{Checkout.Configuration}/net10.0/bpf/guard.bpf.o");

        string prebuilt = Programs.RunTool("layout", Programs.SampleFile("Guard/bpf/guard.bpf.o")).Output;

        Assert.Equal(Programs.RunTool("layout", compiled).Output, prebuilt);
    }

    [Fact]
    public async Task Guardctl_ShowsAndEditsFromAnotherProcess()
    {
        using RunningGuard guard = Start("--limit", "1000000");
        await guard.LineAsync("Ready");
        string status = Run(0, "status");
        Assert.Contains($"attached to {GuardNetwork.Interface} as program", status, StringComparison.Ordinal);
        Assert.Contains($"running as process {guard.Process.Id}", status, StringComparison.Ordinal);
        Assert.Contains("1000000 packets per second", status, StringComparison.Ordinal);

        Run(0, "block", "10.99.0.0/24");
        Run(0, "allow", GuardNetwork.Good);
        _traffic.SendBad(3);
        _traffic.SendGood(4);
        await _traffic.WaitForGoodAsync(4);
        await WaitForDroppedAsync(3, "10.99.0.0/24");
        string line = await guard.LineAsync($"blocked {GuardNetwork.Bad}");
        Assert.Contains($"to {GuardNetwork.Server} port 9999, udp, 48 bytes", line, StringComparison.Ordinal);
        Assert.Matches($"^{Regex.Escape(GuardNetwork.Bad)} +3 +144 +3\n", Run(0, "top", "1").Split('\n', 2)[1]);
        Assert.Matches("blocked +3\n", Run(0, "status"));

        Run(0, "unblock", "10.99.0.0/24");
        Run(0, "limit", GuardNetwork.Bad, "5");
        _traffic.SendBad(1000);
        while (_traffic.ReceivedBad == 0)
            await Task.Delay(1, TestContext.Current.CancellationToken);
        Assert.DoesNotMatch("limited +0\n", Run(0, "status"));
        Assert.Equal(0, await WithWatchAsync(() => _traffic.SendBad(100)));
    }

    [Fact]
    public async Task Guardctl_RefusesWhatCannotBe()
    {
        Assert.Contains("nothing is pinned", Run(1, "status"), StringComparison.Ordinal);
        Assert.Contains("Usage:", Run(2, "bloc", "10.0.0.1"), StringComparison.Ordinal);
        using (RunningGuard guard = Start())
        {
            await guard.LineAsync("Ready");
            Assert.Contains("not an address", Run(2, "block", "10.1"), StringComparison.Ordinal);
            Assert.Contains("no rule for 10.0.0.0/8", Run(1, "unblock", "10.0.0.1/8"), StringComparison.Ordinal);
            Assert.Contains("Stop it first", Run(1, "remove"), StringComparison.Ordinal);
            Assert.Contains($"already running as process {guard.Process.Id}", (await Start().EndAsync()).Errors, StringComparison.Ordinal);
            guard.Signal("TERM");
            Assert.Equal((0, ""), await guard.EndAsync());
        }

        Assert.Matches("filter +attached(.|\n)*daemon +not running", Run(0, "status"));
        Run(0, "remove");
        Assert.False(Directory.Exists(_pins.Path));
        Directory.CreateDirectory(_pins.Path);
    }

    [Fact]
    public async Task ChangedBlocklist_IsAppliedAtOnce()
    {
        File.WriteAllText(Blocklist, $"# empty\n2001:db8::/32\n");
        using RunningGuard guard = Start("--blocklist", Blocklist);
        await guard.LineAsync("1 rules added");
        await guard.LineAsync("Ready");
        Run(0, "block", "192.0.2.1");
        _traffic.SendGood(1);
        await _traffic.WaitForGoodAsync(1);

        // As editors do.
        File.WriteAllText(Blocklist + "~", $"{GuardNetwork.Bad} block # since today\n10.0.0.0/8 limit 100000");
        File.Move(Blocklist + "~", Blocklist, overwrite: true);

        await guard.LineAsync("2 rules added or changed, 1 removed");
        _traffic.SendBad(7);
        await WaitForDroppedAsync(7);
        Assert.Equal(0, _traffic.ReceivedBad);

        File.WriteAllText(Blocklist, "10.0.0.0/8 limit much");
        Assert.Contains($"{Blocklist}:1: 'limit much' is not a rule", await guard.LineAsync("not applied"), StringComparison.Ordinal);
        Assert.Matches($"(?s){Regex.Escape(BadRule)} +block +file +7 .*192.0.2.1/32 +block +guardctl", Run(0, "list"));

        guard.Signal("HUP");
        await guard.LineAsync("not applied");
    }

    private RunningGuard Start(params string[] arguments) =>
        RunningGuard.Start(_network, ["dotnet", RunningGuard.Daemon], _pins.Path, arguments);

    /// <summary>Runs guardctl, which must end with an exit code, and returns what it prints.</summary>
    private string Run(int expected, params string[] arguments)
    {
        (int exitCode, string output, string errors) = Processes.TryRun(
            "dotnet",
            [RunningGuard.Control, "--pins", _pins.Path, .. arguments]
        );
        Assert.True(exitCode == expected, $"guardctl {string.Join(' ', arguments)} ended with {exitCode}: {output}{errors}");
        return output + errors;
    }

    /// <summary>Waits until the rule has dropped so many packets. A packet that got through would be missing for ever.</summary>
    private async Task WaitForDroppedAsync(long count, string network = BadRule)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            string list = Run(0, "list");
            Match rule = Regex.Match(list, $"^{Regex.Escape(network)} +block +[a-z]+ +([0-9]+) ", RegexOptions.Multiline);
            if (rule.Success && long.Parse(rule.Groups[1].Value, CultureInfo.InvariantCulture) == count)
                return;
            Assert.False(patience.IsCancellationRequested, $"{count} packets were sent, but not all were dropped: {list}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Runs 'guardctl drops 1' while packets are dropped, and returns its exit code.</summary>
    private async Task<int> WithWatchAsync(Action send)
    {
        using System.Diagnostics.Process watch = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("dotnet", [RunningGuard.Control, "--pins", _pins.Path, "drops", "1"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Assert.Equal("Watching...", await watch.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));
        send();
        string? line = await watch.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Equal($"limited {GuardNetwork.Bad} to {GuardNetwork.Server} port 9999, udp, 48 bytes", line);
        await watch.WaitForExitAsync(TestContext.Current.CancellationToken);
        return watch.ExitCode;
    }

    /// <summary>Loads and attaches the first version, and pins what it pinned, with a rule that guardctl added.</summary>
    private void LoadVersion1()
    {
        using BpfObject version1 = BpfObject.OpenMemory(Require.Clang().Compile("guard1.bpf.c"), "guard");
        foreach (BpfObjectMap map in version1.Maps.Where(static map => !map.Name.Contains('.')))
            map.PinPath = _pins[map.Name];
        version1.Load();
        using RawMap rules = version1.GetMap("rules4").Open();
        const byte Block = 1,
            Control = 2;
        rules.Update([32, 0, 0, 0, 10, 99, 0, 3], [.. new byte[20], Block, 0, Control, 0]);
        _network
            .OnServer(() => version1.GetProgram("filter").AttachOrUpdatePinned(_pins["filter"], p => p.AttachXdp(GuardNetwork.Interface)))
            .Dispose();
    }

    /// <summary>The pins, with the ids of the maps and of the attached program.</summary>
    private string[] State() =>
        [
            .. Directory
                .EnumerateFiles(_pins.Path)
                .Order(StringComparer.Ordinal)
                .Select(static pin =>
                {
                    if (Path.GetFileName(pin) == "filter")
                    {
                        using BpfLink link = BpfLink.OpenPinned(pin);
                        return $"{pin} {link.Info.ProgramId}";
                    }
                    using RawMap map = RawMap.OpenPinned(pin);
                    return $"{pin} {map.Info.Id}";
                }),
        ];

    private static string ProgramOf(string[] state) => state.Single(static line => line.Contains("/filter ", StringComparison.Ordinal));
}
