using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text.Json;

namespace BpfMaps.Tests;

[Collection(KnownLoad.Collection)]
public sealed class KernelMetricsTests
{
    private const int Calls = 5_000;
    private const int MoreCalls = 7_000;
    private const int Sleeps = 100;
    private const int Connections = 10;
    private static readonly TimeSpan s_sleep = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RateAndQuantileInPrometheus_AreThoseOfTheLoad()
    {
        string executable = Prepare();
        using RunningSample sample = await RunningSample.StartAsync("dotnet", Programs.Sample("KernelMetrics"), "--port", "0");
        using PrometheusServer prometheus = new(executable, sample.Target);
        string caller = $"calls{Environment.ProcessId}";
        string sleeper = $"sleeps{Environment.ProcessId}";
        string calls = $$"""kernel_system_calls_total{command="{{caller}}",call="getppid"}""";

        TimeSpan longest = KnownLoad.InThread(sleeper, Sleep);
        Connect();
        KnownLoad.InThread(caller, () => Call(Calls));

        // A scrape that has all calls has what was done before as well.
        await prometheus.UntilAsync(calls, static value => value == Calls, Cancellation);

        Assert.Equal(Sleeps, await NumberAsync($$"""kernel_system_calls_total{command="{{sleeper}}",call="clock_nanosleep"}"""));
        // The kernel measures at least the requested time, and at most what the caller measures around the call.
        double quantile = await NumberAsync(
            $$"""histogram_quantile(0.99, kernel_system_call_duration_seconds_bucket{command="{{sleeper}}"})"""
        );
        Assert.InRange(quantile, BucketOf(s_sleep).Low, BucketOf(longest).High);
        Assert.True(
            await NumberAsync("""sum(kernel_tcp_state_changes_total{family="ipv4",to="Established"})""") >= 2 * Connections,
            "each connection is established at both ends"
        );
        Assert.True(await NumberAsync("""kernel_timer_starts_total{function="hrtimer_wakeup"}""") >= Sleeps, "each sleep starts a timer");
        Assert.Equal(0, await NumberAsync("kernel_lost_events_total"));

        KnownLoad.InThread(caller, () => Call(MoreCalls));
        await prometheus.UntilAsync(calls, static value => value == Calls + MoreCalls, Cancellation);
        (double Time, double Value)[] samples = await prometheus.SamplesAsync(calls, Cancellation);
        int last = Array.FindIndex(samples, static s => s.Value == Calls + MoreCalls);
        double rate = await prometheus.NumberAsync($"irate({calls}[1h])", samples[last].Time, Cancellation);
        Assert.Equal((samples[last].Value - samples[last - 1].Value) / (samples[last].Time - samples[last - 1].Time), rate, 1e-3);
        await Promtool.AssertIsSilentAsync(Require.Program("promtool", "prometheus"), await sample.ScrapeAsync(Cancellation), Cancellation);

        Task<double> NumberAsync(string query) => prometheus.NumberAsync(query, null, Cancellation);
    }

    [Fact]
    public async Task EveryExpressionOfTheDashboard_HasAnAnswer()
    {
        string executable = Prepare();
        Require.Root();
        using ProgramStatisticsSwitch statistics = new();
        using RunningSample sample = await RunningSample.StartAsync("dotnet", Programs.Sample("KernelMetrics"), "--port", "0");
        using PrometheusServer prometheus = new(executable, sample.Target);
        Connect();

        // A rate needs two samples of a series.
        await prometheus.UntilAsync("min(count_over_time(kernel_tcp_state_changes_total[1h]))", static count => count >= 2, Cancellation);

        string[] expressions = Expressions(Programs.SampleFile("KernelMetrics/dashboard.json"));
        Assert.NotEmpty(expressions);
        foreach (string expression in expressions)
        {
            string query = expression
                .Replace("$__rate_interval", "1h", StringComparison.Ordinal)
                .Replace("$instance", ".*", StringComparison.Ordinal);
            Assert.True((await prometheus.QueryAsync(query, null, Cancellation)).Length > 0, $"no answer: {query}");
        }
    }

    [Theory]
    [InlineData("--address requires an IP address", "--address", "here")]
    [InlineData("--port requires a number", "--port", "65536")]
    [InlineData("'--what' is not a valid option", "--what")]
    public void InvalidArgument_PrintsTheUsage(string sentence, params string[] arguments)
    {
        (int exitCode, _, string errors) = Processes.TryRun("dotnet", [Programs.Sample("KernelMetrics"), .. arguments]);

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
            Programs.Sample("KernelMetrics")
        );

        Assert.Equal((1, ""), (exitCode, output));
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("CAP_BPF", line, StringComparison.Ordinal);
    }

    [Fact]
    public void UsedPort_PrintsOneLine()
    {
        Require.Kernel();
        Require.Libbpf();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();

        (int exitCode, string output, string errors) = Processes.TryRun(
            "dotnet",
            Programs.Sample("KernelMetrics"),
            "--port",
            $"{((IPEndPoint)listener.LocalEndpoint).Port}"
        );

        Assert.Equal((1, ""), (exitCode, output));
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("address already in use", line, StringComparison.Ordinal);
    }

    [Fact]
    public void PrebuiltObject_MatchesItsSource() => Programs.AssertPrebuiltObjectMatches("KernelMetrics", "kernel.bpf.o");

    /// <summary>The bounds of the histogram bucket that counts a duration, in seconds.</summary>
    private static (double Low, double High) BucketOf(TimeSpan duration)
    {
        double low = Math.ScaleB(1e-9, BitOperations.Log2((ulong)duration.TotalNanoseconds));
        return (low, 2 * low);
    }

    private static string Prepare()
    {
        Require.Kernel();
        Require.Libbpf();
        Require.TraceFs();
        return Require.Program("prometheus", "prometheus");
    }

    private static TimeSpan Call(int calls)
    {
        for (int i = 0; i < calls; i++)
            _ = KnownLoad.ParentProcess();
        return TimeSpan.Zero;
    }

    /// <returns>The longest duration.</returns>
    private static TimeSpan Sleep()
    {
        TimeSpan longest = TimeSpan.Zero;
        for (int i = 0; i < Sleeps; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = KnownLoad.Sleep((uint)s_sleep.TotalMicroseconds);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            longest = elapsed > longest ? elapsed : longest;
        }
        return longest;
    }

    private static void Connect()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        for (int i = 0; i < Connections; i++)
        {
            using TcpClient client = new(AddressFamily.InterNetwork);
            client.Connect((IPEndPoint)listener.LocalEndpoint);
            using TcpClient accepted = listener.AcceptTcpClient();
        }
    }

    private static string[] Expressions(string dashboard)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(dashboard));
        return
        [
            .. json
                .RootElement.GetProperty("panels")
                .EnumerateArray()
                .SelectMany(static panel => panel.GetProperty("targets").EnumerateArray())
                .Select(static target => target.GetProperty("expr").GetString()!),
        ];
    }
}
