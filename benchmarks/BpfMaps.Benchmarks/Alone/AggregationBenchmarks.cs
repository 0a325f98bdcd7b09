using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using BpfMaps.Metadata;

namespace BpfMaps.Benchmarks;

/// <summary>Measures adding one CPU's histogram to the total.</summary>
public class AggregationBenchmarks
{
    private Histogram _total;
    private Histogram _value;

    [GlobalSetup]
    public void Setup() => _value[0] = 1;

    [Benchmark(Description = "aggregation: sum of 64 numbers of 8 bytes")]
    public void Sum() => BpfAggregation.Sum<Histogram, ulong>(ref _total, in _value, 0, 64);

    [Benchmark(Description = "aggregation: maximum of 64 numbers of 8 bytes")]
    public void Max() => BpfAggregation.Max<Histogram, ulong>(ref _total, in _value, 0, 64);

    [InlineArray(64)]
    private struct Histogram
    {
        private ulong _first;
    }
}
