using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace BpfMaps.Tests;

/// <summary>A Prometheus server of this test alone, on loopback, that scrapes one target.</summary>
internal sealed class PrometheusServer : IDisposable
{
    /// <summary>The message in the log of a server that is ready.</summary>
    private const string Ready = "Server is ready to receive web requests";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bpfmaps-prometheus-");
    private readonly StringBuilder _log = new();
    private readonly HttpClient _client;

    /// <param name="executable">The program.</param>
    /// <param name="target">Host and port of what is scraped.</param>
    public PrometheusServer(string executable, string target)
    {
        string configuration = Path.Combine(_folder.FullName, "prometheus.yml");
        File.WriteAllText(
            configuration,
            $"""
            global:
              scrape_interval: 2s
              scrape_timeout: 2s
            scrape_configs:
              - job_name: bpfmaps
                static_configs:
                  - targets: ["{target}"]
            """
        );
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort()}");
        ProcessStartInfo start = new(
            executable,
            [
                $"--config.file={configuration}",
                $"--storage.tsdb.path={Path.Combine(_folder.FullName, "data")}",
                $"--web.listen-address={address}",
            ]
        )
        {
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
                _log.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
        _client = new() { BaseAddress = new($"http://{address}") };
    }

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Asks a question about a moment (PromQL).</summary>
    public async Task<JsonElement[]> QueryAsync(string query, double? time, CancellationToken cancellation)
    {
        string at = time is { } moment ? string.Create(CultureInfo.InvariantCulture, $"&time={moment:R}") : "";
        using HttpResponseMessage response = await _client.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}{at}", cancellation);
        string text = await response.Content.ReadAsStringAsync(cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{query}: {text}\n{Log}");
        using JsonDocument document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(static e => e.Clone())];
    }

    /// <summary>The one number that a question has as its answer.</summary>
    public async Task<double> NumberAsync(string query, double? time, CancellationToken cancellation)
    {
        JsonElement[] found = await QueryAsync(query, time, cancellation);
        Assert.True(found.Length == 1, $"{query} has {found.Length} answers\n{Log}");
        return Number(found[0].GetProperty("value")[1]);
    }

    /// <summary>Asks again until the answer is as expected.</summary>
    public async Task UntilAsync(string query, Func<double, bool> isExpected, CancellationToken cancellation)
    {
        Stopwatch waited = Stopwatch.StartNew();
        for (; ; await Task.Delay(s_pause, cancellation))
        {
            if (!Log.Contains(Ready, StringComparison.Ordinal))
            {
                Assert.True(waited.Elapsed < s_patience, $"Prometheus does not start:\n{Log}");
                continue;
            }
            JsonElement[] found = await QueryAsync(query, null, cancellation);
            if (found.Length == 1 && isExpected(Number(found[0].GetProperty("value")[1])))
                return;
            Assert.True(
                waited.Elapsed < s_patience,
                $"{query} is still [{string.Join(", ", found.Select(static f => f.GetRawText()))}]\n{Log}"
            );
        }
    }

    /// <summary>All stored samples of the one series that a selector has, the oldest first.</summary>
    public async Task<(double Time, double Value)[]> SamplesAsync(string selector, CancellationToken cancellation)
    {
        JsonElement series = Assert.Single(await QueryAsync($"{selector}[1h]", null, cancellation));
        return [.. series.GetProperty("values").EnumerateArray().Select(static v => (v[0].GetDouble(), Number(v[1])))];
    }

    public static double Number(JsonElement text) => double.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
