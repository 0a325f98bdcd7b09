using BenchmarkDotNet.Attributes;

namespace BpfMaps.Benchmarks;

/// <summary>Measures the typed operations on in-memory maps.</summary>
public class InMemoryBenchmarks
{
    private const int Entries = 10_000;

    private Counters _counters = null!;
    private CpuCounters _cpuCounters = null!;
    private uint _key;

    [GlobalSetup]
    public void Setup()
    {
        InMemoryBpfHost host = new();
        _counters = Counters.Create(Entries, host);
        _cpuCounters = CpuCounters.Create(Entries, host);
        WalkWorkloads.Fill(_counters, Entries);
        PerCpuWorkloads.Fill(_cpuCounters, Entries);
    }

    [Benchmark(Description = "in memory: lookup")]
    public bool Lookup() => _counters.TryGetValue(NextKey(), out _);

    [Benchmark(Description = "in memory: update")]
    public void Update() => _counters.Set(NextKey(), default);

    [Benchmark(Description = "in memory: foreach over 10,000")]
    public ulong Walk() => WalkWorkloads.Sum(_counters);

    [Benchmark(Description = "in memory: totals of 10,000 over 4 CPUs")]
    public ulong Totals() => PerCpuWorkloads.Sum(_cpuCounters);

    private uint NextKey() => _key = _key + 1 < Entries ? _key + 1 : 0;
}
