using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace BpfMaps.Tests;

public sealed class ExecWatchTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("execwatch").FullName;

    private readonly List<Process> _samples = [];

    public void Dispose()
    {
        foreach (Process sample in _samples)
        {
            if (!sample.HasExited)
                sample.Kill();
            sample.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task ProcessesOfTheTest_AreReportedWhenTheyStartAndEnd()
    {
        CancellationToken cancellation = Prepare();

        // A unique name distinguishes the processes of this test from all others.
        string shell = Link("/bin/sh"),
            command = Path.GetFileName(shell);
        Process sample = await StartAsync("--json", "--count", "4", "--command", command);

        int returning = Run(shell, "-c", "exit 7"),
            killed = Run(shell, "-c", "kill -9 $$");

        JsonElement[] events =
        [
            .. (await sample.StandardOutput.ReadToEndAsync(cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse),
        ];
        await sample.WaitForExitAsync(cancellation);
        Assert.Equal(0, sample.ExitCode);
        Assert.Equal(
            [("exec", returning), ("exit", returning), ("exec", killed), ("exit", killed)],
            events.Select(e => (e.GetProperty("event").GetString()!, e.GetProperty("pid").GetInt32()))
        );
        Assert.All(events, e => Assert.Equal(command, e.GetProperty("command").GetString()));
        Assert.Equal(
            (shell, Environment.ProcessId),
            (events[0].GetProperty("path").GetString(), events[0].GetProperty("parent").GetInt32())
        );
        Assert.Equal(7, events[1].GetProperty("exit_code").GetInt32());
        Assert.False(events[1].TryGetProperty("signal", out _));
        Assert.Equal((137, 9), (events[3].GetProperty("exit_code").GetInt32(), events[3].GetProperty("signal").GetInt32()));
        Assert.Equal(At(events[1]) - At(events[0]), events[1].GetProperty("duration_ns").GetInt64());
    }

    [Fact]
    public async Task Process_IsReportedAmongAllProcesses()
    {
        CancellationToken cancellation = Prepare();
        Process sample = await StartAsync("--json");

        int pid = Run("/bin/true");

        JsonElement exec = await FindAsync(sample, "exec", pid, cancellation),
            exit = await FindAsync(sample, "exit", pid, cancellation);
        Assert.Equal("true", exec.GetProperty("command").GetString());
        Assert.Equal("/bin/true", exec.GetProperty("path").GetString());
        Assert.Equal(0, exit.GetProperty("exit_code").GetInt32());
        Assert.True(exit.GetProperty("duration_ns").GetInt64() > 0, exit.ToString());

        // Ctrl+C is the way to end the program without --count.
        Processes.Run("kill", "-INT", sample.Id.ToString(CultureInfo.InvariantCulture));
        await sample.StandardOutput.ReadToEndAsync(cancellation);
        await sample.WaitForExitAsync(cancellation);
        Assert.Equal(0, sample.ExitCode);
    }

    [Fact]
    public async Task EndedThreads_AreNotReported()
    {
        CancellationToken cancellation = Prepare();
        string name = Path.GetFileName(_directory)[..15];
        Process sample = await StartAsync("--json", "--count", "2", "--command", name);

        // A thread with the name ends first and causes no event. The two events are those of a process with the name.
        Thread thread = new(() => { }) { Name = name };
        thread.Start();
        thread.Join();
        int pid = Run(Link("/bin/true"));

        string output = await sample.StandardOutput.ReadToEndAsync(cancellation);
        Assert.Equal(
            [pid, pid],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Parse(line).GetProperty("pid").GetInt32())
        );
    }

    [Fact]
    public async Task Lines_AreReadable()
    {
        CancellationToken cancellation = Prepare();
        string shell = Link("/bin/sh");
        Process sample = await StartAsync("--count", "2", "--command", Path.GetFileName(shell));

        int pid = Run(shell, "-c", "exit 3");

        string[] lines = (await sample.StandardOutput.ReadToEndAsync(cancellation)).Split('\n');
        Assert.Matches("^event +pid +command +what$", lines[0]);
        Assert.Equal($"exec  {pid, 7} {Path.GetFileName(shell), -16} {shell} by {Environment.ProcessId}", lines[1]);
        Assert.Matches($"^exit +{pid} +{Path.GetFileName(shell)} +3 after [0-9]+\\.[0-9]{{3}} ms$", lines[2]);
    }

    [Theory]
    [InlineData("--count requires a positive number", "--count", "0")]
    [InlineData("--command requires a name", "--command")]
    [InlineData("'--what' is not a valid option", "--what")]
    public void InvalidArgument_PrintsTheUsage(string sentence, params string[] arguments)
    {
        (int exitCode, _, string errors) = Processes.TryRun("dotnet", [Programs.Sample("ExecWatch"), .. arguments]);

        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void RunWithoutPrivileges_PrintsOneLineWithAdvice()
    {
        Require.Root();
        (int exitCode, string output, string errors) = Processes.TryRun(
            "setpriv",
            "--inh-caps=-all",
            "--bounding-set=-all",
            "dotnet",
            Programs.Sample("ExecWatch")
        );

        Assert.Equal((1, ""), (exitCode, output));
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("CAP_BPF", line, StringComparison.Ordinal);
    }

    [Fact]
    public void PrebuiltObject_MatchesItsSource() => Programs.AssertPrebuiltObjectMatches("ExecWatch", "exec.bpf.o");

    private static CancellationToken Prepare()
    {
        Require.Kernel();
        Require.Libbpf();
        Require.TraceFs();
        return TestContext.Current.CancellationToken;
    }

    /// <summary>A program with a unique name: the kernel identifies processes by the first 15 characters of it.</summary>
    private string Link(string program)
    {
        string link = Path.Combine(_directory, Path.GetFileName(_directory)[..15]);
        File.CreateSymbolicLink(link, program);
        return link;
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.Id;
    }

    private async Task<Process> StartAsync(params string[] arguments)
    {
        Process sample = Process.Start(
            // A shell starts background jobs with SIGINT ignored, and .NET programs inherit that: without this, such a run would never end.
            new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Programs.Sample("ExecWatch"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        _samples.Add(sample);
        Assert.Equal("Watching...", await sample.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));
        return sample;
    }

    private static async Task<JsonElement> FindAsync(Process sample, string kind, int pid, CancellationToken cancellation)
    {
        while (await sample.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            JsonElement found = Parse(line);
            if (found.GetProperty("event").GetString() == kind && found.GetProperty("pid").GetInt32() == pid)
                return found;
        }

        throw new InvalidOperationException($"ExecWatch ended before it reported the {kind} of process {pid}.");
    }

    private static long At(JsonElement element) => element.GetProperty("at_ns").GetInt64();

    private static JsonElement Parse(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.Clone();
    }
}
