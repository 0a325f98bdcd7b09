using BpfMaps.Metadata;
using BpfMaps.Metrics.Names;

namespace BpfMaps.Tests.Text;

/// <summary>Names and numbers as Prometheus has them.</summary>
public sealed class PrometheusNamesTests
{
    [Theory]
    [InlineData("http.requests", "{request}", "http_requests")]
    [InlineData("http.requests", null, "http_requests")]
    [InlineData("http.requests.total", null, "http_requests")]
    [InlineData("http.request.size", "By", "http_request_size_bytes")]
    [InlineData("http_request_bytes", "By", "http_request_bytes")]
    [InlineData("bytes", "By", "bytes")]
    [InlineData("disk-io/reads", "By/s", "disk_io_reads_bytes_per_second")]
    [InlineData("packets", "{packet}/s", "packets_per_second")]
    [InlineData("share", "1", "share")]
    [InlineData("a..b", "odd unit", "a_b_odd_unit")]
    public void Counters_AreNamedByNameAndUnit(string name, string? unit, string family) =>
        Assert.Equal(family, PrometheusNames.FamilyOf(name, unit, BpfMetricKind.Counter));

    [Theory]
    [InlineData("share", "1", "share_ratio")]
    [InlineData("things.total", null, "things_total")]
    [InlineData("load", "%", "load_percent")]
    public void Gauges_AreNamedByNameAndUnit(string name, string? unit, string family) =>
        Assert.Equal(family, PrometheusNames.FamilyOf(name, unit, BpfMetricKind.Gauge));

    [Fact]
    public void Durations_AreInSeconds() =>
        Assert.Equal("http_duration_seconds", PrometheusNames.FamilyOf("http.duration", "s", BpfMetricKind.Histogram));

    [Theory]
    [InlineData(1024, 1e-9, "1.024e-06")]
    [InlineData(3, 0.1, "0.3")]
    [InlineData(18446744073709551616.0, 1e-9, "18446744073.709553")]
    [InlineData(double.PositiveInfinity, 1, "+Inf")]
    [InlineData(1e300, 2, "2e+300")]
    [InlineData(0.1, 3, "0.3")]
    public void Bounds_AreScaledWithoutRoundingErrors(double bound, double scale, string text) =>
        Assert.Equal(text, NumberText.Bound(NumberText.Scale(bound, scale), isOpenMetrics: false));

    [Fact]
    public void LargeCounts_AreScaledExactly()
    {
        Assert.Equal(18446744073.709551615, NumberText.Scale(ulong.MaxValue, 1e-9));
        Assert.Equal(-9223372036.854775808, NumberText.Scale(long.MinValue, 1e-9));
        Assert.Equal(123456789012.345678, NumberText.Scale(123456789012345678ul, 1e-6));
        Assert.Equal(ulong.MaxValue / 3.0, NumberText.Scale(ulong.MaxValue, 1 / 3.0), 1e4);
    }
}
