using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>Runs bpftool, as another process that uses maps.</summary>
internal sealed class BpfTool(string executable)
{
    /// <summary>Gets the path of bpftool, or <see langword="null"/>.</summary>
    public static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Select(directory => Path.Combine(directory, "bpftool"))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs bpftool and returns its output.</summary>
    public string Run(params string[] arguments)
    {
        ProcessStartInfo start = new(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0,
            $"bpftool {string.Join(' ', arguments)} exited with code {process.ExitCode}: {output}{errors.Result}"
        );
        return output;
    }
}
