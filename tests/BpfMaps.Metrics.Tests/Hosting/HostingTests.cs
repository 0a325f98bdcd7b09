using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace BpfMaps.Tests.Hosting;

/// <summary>Metrics in applications with a host, and through OpenTelemetry.</summary>
[Collection(nameof(WholeProcess))] // OpenTelemetry listens to all meters of a name in the process.
public sealed class HostingTests
{
    [Fact]
    public async Task Endpoint_WritesTheTextThatIsAccepted()
    {
        InMemoryBpfHost host = new();
        using Counts counts = Counts.Create(host);
        counts.Set(1, 5);
        await using WebApplication app = await StartAsync(
            services => services.AddBpfMetrics(metrics => metrics.Add(counts)),
            static app => app.MapBpfMetrics()
        );
        using HttpClient client = new() { BaseAddress = new(AddressOf(app)) };

        using HttpResponseMessage plain = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", plain.Content.Headers.ContentType!.ToString());
        Assert.Contains(
            "\ncounts_total{id=\"1\"} 5\n",
            await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        using HttpRequestMessage request = new(System.Net.Http.HttpMethod.Get, "/metrics")
        {
            Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/openmetrics-text") } },
        };
        using HttpResponseMessage open = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", open.Content.Headers.ContentType!.ToString());
        Assert.EndsWith("# EOF\n", await open.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndpointWithoutARegistry_SaysWhatIsMissing()
    {
        InvalidOperationException problem = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            StartAsync(static _ => { }, static app => app.MapBpfMetrics())
        );
        Assert.Contains("AddBpfMetrics", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenTelemetry_ExportsCounters()
    {
        InMemoryBpfHost host = new();
        using CommandsMap commands = CommandsMap.Create(host);
        commands.Set(new() { Command = "curl" }, new() { Count = 42 });
        await using WebApplication app = await StartAsync(
            services => services.AddBpfMetrics((_, metrics) => metrics.Add(commands)),
            static _ => { }
        );
        List<Metric> exported = [];
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(BpfMetricsRegistry.MeterName)
            .AddInMemoryExporter(exported)
            .Build();
        Assert.True(provider.ForceFlush());
        Metric metric = Assert.Single(exported, static m => m.Name == "commands");
        List<double> values = [];
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            foreach (KeyValuePair<string, object?> tag in point.Tags)
                Assert.Equal(("command", "curl"), (tag.Key, tag.Value));
            values.Add(point.GetSumDouble());
        }
        Assert.Equal([42], values);
    }

    private static async Task<WebApplication> StartAsync(Action<IServiceCollection> services, Action<WebApplication> endpoints)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        services(builder.Services);
        WebApplication app = builder.Build();
        try
        {
            app.Urls.Add("http://127.0.0.1:0");
            endpoints(app);
            await app.StartAsync(TestContext.Current.CancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
}
