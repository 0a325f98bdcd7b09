using System.Diagnostics;
using System.Globalization;

namespace BpfMaps.Tests;

/// <summary>A daemon of the sample Guard, which is killed on disposal.</summary>
internal sealed class RunningGuard : IDisposable
{
    private RunningGuard(Process process) => Process = process;

    public static string Daemon => Path("Guard", "guard");

    public static string Control => Path("GuardCtl", "guardctl");

    public Process Process { get; }

    /// <summary>Starts the daemon in the network of the server.</summary>
    public static RunningGuard Start(GuardNetwork network, string[] program, string pins, params string[] arguments)
    {
        string[] command = [.. network.Enter, .. program, "--interface", GuardNetwork.Interface, "--pins", pins, .. arguments];
        return new(
            Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!
        );
    }

    /// <summary>Waits for a line of the log that contains a text.</summary>
    /// <returns>The line.</returns>
    public async Task<string> LineAsync(string text)
    {
        List<string> lines = [];
        while (await Process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }
        string errors = await Process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        throw new InvalidOperationException($"Guard ended and did not log '{text}': {string.Join('\n', lines)}{errors}");
    }

    /// <summary>Waits for the end, and returns the exit code and what was written to the standard error stream.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        Task<string> output = Process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await Process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = await output;
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (Process.ExitCode, errors);
    }

    public void Signal(string signal) => Processes.Run("kill", $"-{signal}", Process.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        Process.Kill();
        Process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        Process.Dispose();
    }

    private static string Path(string project, string name) =>
        Programs.SampleFile($"Guard/{project}/bin/{Checkout.Configuration}/net10.0/{name}.dll");
}
