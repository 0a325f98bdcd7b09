using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>A command of the tool that runs until it is ended, and its output.</summary>
internal sealed class LiveTool : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private LiveTool(Process process) => _process = process;

    public static LiveTool Start(params string[] arguments)
    {
        // Test runners in the background of a shell ignore SIGINT, and so would their children.
        ProcessStartInfo start = new("env", ["--default-signal=INT", "dotnet", Programs.Tool, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new(Process.Start(start)!);
    }

    /// <summary>Reads the next line of standard output.</summary>
    public async Task<string> ReadLineAsync() => await NextAsync(_process.StandardOutput);

    /// <summary>Reads the next line of standard error.</summary>
    public async Task<string> ReadErrorAsync() => await NextAsync(_process.StandardError);

    /// <summary>Waits for the end of the command, and returns its exit code.</summary>
    public async Task<int> WaitAsync()
    {
        using CancellationTokenSource patience = new(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends the command as Ctrl+C does, and returns its exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        Processes.Run("kill", "-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return await WaitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static async Task<string> NextAsync(StreamReader reader)
    {
        using CancellationTokenSource patience = new(s_patience);
        return await reader.ReadLineAsync(patience.Token) ?? "(end)";
    }
}
