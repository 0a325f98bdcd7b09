using System.Diagnostics.Metrics;
using System.Globalization;

namespace BpfMaps.Tests.Meters;

/// <summary>Counters and gauges through System.Diagnostics.Metrics.</summary>
public sealed class MeterTests
{
    [Fact]
    public void CountersAndGauges_AreObserved()
    {
        InMemoryBpfHost host = new();
        using NumbersMap numbers = NumbersMap.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(numbers);
        numbers.Set(
            new() { Name = "a" },
            new()
            {
                Signed = 5,
                Fraction = 0.5,
                Level = -3,
            }
        );
        using Collector collector = new(metrics);
        Assert.Equal(["fraction{name=a} 0.5", "level{name=a} -3", "signed{name=a} 5", "single{name=a} 0"], collector.Collect());
    }

    [Fact]
    public void Instruments_HaveUnitAndDescription()
    {
        InMemoryBpfHost host = new();
        using RequestStatsMap requests = RequestStatsMap.Create(host);
        using BpfMetricsRegistry metrics = new();
        using Collector collector = new(metrics);
        metrics.Add(requests);
        Instrument counter = Assert.Single(collector.Instruments, static i => i.Name == "http.requests");
        Assert.Equal(("{request}", "Requests seen by the kernel.", "BpfMaps"), (counter.Unit, counter.Description, counter.Meter.Name));
        Assert.IsType<ObservableCounter<double>>(counter);
        Assert.IsType<ObservableGauge<double>>(Assert.Single(collector.Instruments, static i => i.Name == "http.open"));
        Assert.DoesNotContain(collector.Instruments, static i => i.Name == "http.duration");
    }

    [Fact]
    public void OneCollection_ReadsEachMapOnce()
    {
        InMemoryBpfHost host = new();
        using NumbersMap numbers = NumbersMap.Create(host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(numbers);
        numbers.Set(new() { Name = "a" }, new() { Signed = 1 });
        using Collector collector = new(metrics);
        // An update between the instruments of one collection is seen by none of them.
        collector.OnMeasurement = () =>
            numbers.Set(
                new() { Name = "a" },
                new()
                {
                    Signed = 100,
                    Fraction = 100,
                    Level = 100,
                    Single = 100,
                }
            );
        Assert.Equal(["fraction{name=a} 0", "level{name=a} 0", "signed{name=a} 1", "single{name=a} 0"], collector.Collect());
        Assert.Equal(["fraction{name=a} 100", "level{name=a} 100", "signed{name=a} 100", "single{name=a} 100"], collector.Collect());
    }

    /// <summary>Listens to the meter of one registry.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<string> _seen = [];

        public Collector(BpfMetricsRegistry metrics)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (!metrics.OwnsMeter(instrument.Meter))
                    return;
                Instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<double>(
                (instrument, value, tags, _) =>
                {
                    string labels = string.Join(",", tags.ToArray().Select(static t => $"{t.Key}={t.Value}"));
                    _seen.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Name}{{{labels}}} {value}"));
                    OnMeasurement?.Invoke();
                }
            );
            _listener.Start();
        }

        public List<Instrument> Instruments { get; } = [];

        public Action? OnMeasurement { get; set; }

        public string[] Collect()
        {
            _seen.Clear();
            _listener.RecordObservableInstruments();
            return [.. _seen.Order(StringComparer.Ordinal)];
        }

        public void Dispose() => _listener.Dispose();
    }
}
