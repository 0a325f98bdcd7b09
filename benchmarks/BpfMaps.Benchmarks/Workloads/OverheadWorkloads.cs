using System.Diagnostics;
using System.Text.Json;

namespace BpfMaps.Benchmarks;

/// <summary>The cost of the libraries without the kernel. This requires a preloaded library, so a child process measures it.</summary>
internal static class OverheadWorkloads
{
    /// <summary>The bar of each operation on an element.</summary>
    public const double MostRatio = 1.25;

    /// <summary>The bar of their median.</summary>
    private const double MedianRatio = 1.15;

    public static void Run(Session session)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [typeof(OverheadWorkloads).Assembly.Location, "--without-kernel"])
        {
            RedirectStandardOutput = true,
        };
        if (session.Options.IsQuick)
            start.ArgumentList.Add("--quick");
        if (session.Options.Filter is { } filter)
        {
            start.ArgumentList.Add("--filter");
            start.ArgumentList.Add(filter);
        }

        start.Environment["LD_PRELOAD"] = Path.Combine(AppContext.BaseDirectory, "libnosyscall.so");
        using Process process = Process.Start(start)!;
        Findings? findings = JsonSerializer.Deserialize<Findings>(process.StandardOutput.BaseStream);
        process.WaitForExit();
        if (process.ExitCode != 0 || findings is null)
            throw new InvalidOperationException($"The process without the kernel exited with code {process.ExitCode}.");
        foreach (Result result in findings.Results)
            session.Add(result);
        foreach (Growth growth in findings.Growths)
            session.Add(growth);
        if (findings.Results.Where(result => result is { Against: "libbpf", Ratio: not null }).ToList() is { Count: > 1 } operations)
            session.Add(MedianOf(operations).JudgedBy(Bar.Ratio(MedianRatio)));
    }

    private static Result MedianOf(IReadOnlyList<Result> operations) =>
        new()
        {
            Workload = "overhead: median of the operations on elements",
            Against = "libbpf",
            TheirNanoseconds = Race.Median(operations.Select(result => result.TheirNanoseconds!.Value)),
            Nanoseconds = Race.Median(operations.Select(result => result.Nanoseconds)),
            Ratio = Race.Median(operations.Select(result => result.Ratio!.Value)),
            LowestRatio = operations.Min(result => result.Ratio),
            HighestRatio = operations.Max(result => result.Ratio),
        };
}
