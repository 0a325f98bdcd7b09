using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>The kernel's own tool, as another process that uses maps.</summary>
internal sealed class BpfTool(string executable)
{
    /// <summary>Where it is, or <see langword="null"/>.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(directory => Path.Combine(directory, "bpftool"))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs it to its end and gives what it printed.</summary>
    public string Run(params string[] arguments)
    {
        ProcessStartInfo start = new(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"bpftool {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}{errors.Result}");
        return output;
    }
}
