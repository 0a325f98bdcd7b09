using System.Diagnostics;
using System.Text.Json;

namespace BpfMaps.Benchmarks;

/// <summary>The cost of the libraries without the kernel. This requires a preloaded library, so a child process measures it.</summary>
internal static class OverheadWorkloads
{
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
    }
}
