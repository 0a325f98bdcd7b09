using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>Runs programs and returns their output.</summary>
internal static class Processes
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program that is expected to succeed.</summary>
    /// <returns>Its standard output.</returns>
    public static string Run(string program, params string[] arguments)
    {
        (int exitCode, string output, string errors) = TryRun(program, arguments);
        if (exitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} exited with code {exitCode}: {errors}{output}");
        return output;
    }

    /// <summary>Runs a program. An exit code of -1 means that it could not be started.</summary>
    public static (int ExitCode, string Output, string Errors) TryRun(string program, params string[] arguments) =>
        TryRun(new ProcessStartInfo(program, arguments), s_patience);

    /// <summary>Runs a program with custom start information or timeout.</summary>
    public static (int ExitCode, string Output, string Errors) TryRun(ProcessStartInfo start, TimeSpan patience)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(patience))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{start.FileName} did not end within {patience}.");
            }
            return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (-1, "", exception.Message);
        }
    }
}
