using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace BpfMaps.Benchmarks;

/// <summary>Workloads without a peer in C, measured by BenchmarkDotNet and named like the other workloads.</summary>
internal static class AloneWorkloads
{
    private static readonly Type[] s_benchmarks = [typeof(GeneratorBenchmarks), typeof(AggregationBenchmarks), typeof(InMemoryBenchmarks)];

    public static void Run(Session session)
    {
        // In-process, because this needs no separate project for every benchmark, and measures the same build as all other workloads.
        IConfig config = ManualConfig
            .CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddFilter(new SimpleFilter(benchmark => session.Wants(NameOf(benchmark))))
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile)
            .WithArtifactsPath(Path.Combine(session.Options.Repository, "artifacts", "benchmarks", "BenchmarkDotNet"));
        foreach (Summary summary in BenchmarkRunner.Run(s_benchmarks, config))
        {
            foreach (BenchmarkReport report in summary.Reports)
                session.Add(ToResult(report));
        }
    }

    private static Result ToResult(BenchmarkReport report) =>
        new()
        {
            Workload = NameOf(report.BenchmarkCase),
            Nanoseconds =
                report.ResultStatistics?.Median ?? throw new InvalidOperationException($"'{NameOf(report.BenchmarkCase)}' has no result."),
            AllocatedBytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase),
        };

    private static string NameOf(BenchmarkCase benchmark)
    {
        string parameters = benchmark.HasParameters ? $", {benchmark.Parameters.DisplayInfo.Trim('[', ']')}" : "";
        return benchmark.Descriptor.WorkloadMethodDisplayInfo.Trim('\'') + parameters;
    }
}
