using System.Diagnostics.CodeAnalysis;
using BpfMaps;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds an endpoint for the metrics of BPF maps.</summary>
public static class BpfMetricsEndpointRouteBuilderExtensions
{
    private const string OpenMetricsType = "application/openmetrics-text";

    /// <summary>
    /// Adds an endpoint that reads all maps and writes their metrics: OpenMetrics for those who accept it, such as Prometheus, else
    /// Prometheus text.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="metrics">The registry; that of <c>services.AddBpfMetrics</c> if not given.</param>
    /// <returns>The endpoint, for example to require authorization or a host.</returns>
    /// <exception cref="InvalidOperationException">No registry is given, and <c>AddBpfMetrics</c> was not called.</exception>
    public static IEndpointConventionBuilder MapBpfMetrics(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern = "/metrics",
        BpfMetricsRegistry? metrics = null
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        metrics ??=
            endpoints.ServiceProvider.GetService<BpfMetricsRegistry>()
            ?? throw new InvalidOperationException(
                "MapBpfMetrics has no registry: call builder.Services.AddBpfMetrics(...) before the application is built, or pass a BpfMetricsRegistry."
            );
        return endpoints.MapGet(pattern, context => WriteAsync(context, metrics));
    }

    private static async Task WriteAsync(HttpContext context, BpfMetricsRegistry metrics)
    {
        bool isOpenMetrics = context.Request.Headers.Accept.ToString().Contains(OpenMetricsType, StringComparison.OrdinalIgnoreCase);
        context.Response.ContentType = isOpenMetrics
            ? OpenMetricsType + "; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8";
        metrics.WritePrometheus(context.Response.BodyWriter, isOpenMetrics ? BpfMetricsFormat.OpenMetrics : BpfMetricsFormat.Prometheus);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
