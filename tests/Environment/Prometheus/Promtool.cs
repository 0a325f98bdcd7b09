using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>Checks metrics as Prometheus' own tool does.</summary>
internal static class Promtool
{
    /// <summary>Asserts that <c>promtool check metrics</c> prints nothing.</summary>
    public static async Task AssertIsSilentAsync(string executable, string metrics, CancellationToken cancellation)
    {
        using Process check = Process.Start(
            new ProcessStartInfo(executable, ["check", "metrics"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        await check.StandardInput.WriteAsync(metrics.AsMemory(), cancellation);
        check.StandardInput.Close();
        string said = await check.StandardOutput.ReadToEndAsync(cancellation) + await check.StandardError.ReadToEndAsync(cancellation);
        await check.WaitForExitAsync(cancellation);
        Assert.Equal(("", 0), (said, check.ExitCode));
    }
}
