using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>A running KernelMetrics, which is killed on disposal.</summary>
internal sealed class RunningSample : IDisposable
{
    private const string Serving = "Serving http://";
    private const string Path = "/metrics";

    private readonly Process _process;

    private RunningSample(Process process, string target)
    {
        _process = process;
        Target = target;
    }

    /// <summary>Host and port.</summary>
    public string Target { get; }

    /// <summary>Starts the sample, or a program that runs it, and waits until it serves.</summary>
    public static async Task<RunningSample> StartAsync(string program, params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        if (line.StartsWith(Serving, StringComparison.Ordinal) && line.EndsWith(Path, StringComparison.Ordinal))
            return new(process, line[Serving.Length..^Path.Length]);
        string rest = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.Dispose();
        throw new InvalidOperationException($"The sample does not serve: {line}\n{rest}");
    }

    public async Task<string> ScrapeAsync(CancellationToken cancellation)
    {
        using HttpClient client = new();
        return await client.GetStringAsync(new Uri($"http://{Target}{Path}"), cancellation);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
