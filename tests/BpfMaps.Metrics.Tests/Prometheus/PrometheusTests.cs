using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BpfMaps.Tests.Prometheus;

/// <summary>Metrics of kernel maps as Prometheus itself sees them.</summary>
public sealed class PrometheusTests
{
    private static readonly RequestStats.Key s_client = new() { Address = IPAddress.Parse("10.1.2.3").ToBe32(), Method = HttpMethod.Post };

    [Fact]
    public async Task Promtool_HasNothingToSay()
    {
        Require.Kernel();
        string promtool = Require.Program("promtool", "prometheus");
        using RequestStatsMap requests = RequestStatsMap.Create();
        using NumbersMap numbers = NumbersMap.Create();
        using DiskLatencyMap latencies = DiskLatencyMap.Create();
        using BpfMetricsRegistry metrics = new();
        metrics.Add(requests);
        metrics.Add(numbers, "other \"name\"");
        metrics.Add(latencies);
        Set(requests, new() { Requests = 1 });
        numbers.Set(new() { Name = "a\"\\\n" }, new() { Signed = 1 });
        latencies.Set(new() { Disk = 1 }, new() { Count = 1 });

        await Promtool.AssertIsSilentAsync(promtool, metrics.Text(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task CountsRatesAndQuantiles_AreThoseOfTheLoad()
    {
        Require.Kernel();
        string prometheus = Require.Program("prometheus", "prometheus");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using RequestStatsMap requests = RequestStatsMap.Create();
        RequestStats load = new()
        {
            Requests = 100,
            Bytes = 12_345,
            Open = 7,
            Total = 300,
        };
        (load.Duration[0], load.Duration[1], load.Duration[2]) = (50, 40, 10);
        Set(requests, load);
        using SemaphoreSlim scrapes = new(0);
        await using WebApplication app = await ServeAsync(requests, scrapes);
        using PrometheusServer server = new(
            prometheus,
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()["http://".Length..]
        );

        // When a scrape begins, the one before is stored.
        await ScrapedAsync(scrapes, 2, server, cancellation);
        Assert.Equal(100, await server.NumberAsync("http_requests_total{client=\"10.1.2.3\",method=\"POST or PUT\"}", null, cancellation));
        Assert.Equal(7, await server.NumberAsync("http_open", null, cancellation));
        Assert.Equal(12_345, await server.NumberAsync("http_request_size_bytes_total", null, cancellation));
        // The 99th of 100 is the 9th of 10 between 4 and 8 ns.
        Assert.Equal(7.6e-9, await server.NumberAsync("histogram_quantile(0.99, http_duration_seconds_bucket)", null, cancellation), 1e-15);

        load.Requests = 350;
        Set(requests, load);
        await ScrapedAsync(scrapes, 2, server, cancellation);
        (double Time, double Value)[] samples = await server.SamplesAsync("http_requests_total", cancellation);
        int jump = Array.FindIndex(samples, static s => s.Value == 350);
        Assert.True(jump > 0, string.Join(' ', samples));
        Assert.All(samples[..jump], static s => Assert.Equal(100, s.Value));
        double rate = await server.NumberAsync("irate(http_requests_total[1h])", samples[jump].Time, cancellation);
        Assert.Equal(250 / (samples[jump].Time - samples[jump - 1].Time), rate, 1e-3);
        Assert.Equal(1, await server.NumberAsync("bpfmaps_entries{map=\"requests\"}", null, cancellation));
        Assert.Equal(1, await server.NumberAsync("up", null, cancellation));
    }

    private static void Set(RequestStatsMap requests, RequestStats stats)
    {
        RequestStats[] values = new RequestStats[requests.CpuCount];
        values[^1] = stats;
        requests.Set(s_client, values);
    }

    private static async Task ScrapedAsync(SemaphoreSlim scrapes, int count, PrometheusServer server, CancellationToken cancellation)
    {
        for (int i = 0; i < count; i++)
            Assert.True(await scrapes.WaitAsync(TimeSpan.FromMinutes(2), cancellation), "Prometheus does not scrape:\n" + server.Log);
    }

    private static async Task<WebApplication> ServeAsync(BpfMap map, SemaphoreSlim scrapes)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddBpfMetrics(metrics => metrics.Add(map));
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Use(
            (context, next) =>
            {
                scrapes.Release();
                return next(context);
            }
        );
        app.MapBpfMetrics();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
