using System.ComponentModel;
using System.Diagnostics;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>Tools that a machine may lack. A test without its tool is skipped, except where BPFMAPS_REQUIRE lists the tool: there it fails.</summary>
internal static class Require
{
    public static void Clang()
    {
        if (Run("clang", "", "--version") is not null)
            return;
        string required = Environment.GetEnvironmentVariable("BPFMAPS_REQUIRE") ?? "";
        Assert.False(required.Split(',', StringSplitOptions.TrimEntries).Contains("clang"), "BPFMAPS_REQUIRE lists clang, but there is no clang on the path.");
        Assert.Skip("There is no clang on the path.");
    }

    /// <returns>Exit code and everything written; <see langword="null"/> if there is no such program.</returns>
    public static (int ExitCode, string Output)? Run(string program, string input, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            return (process.ExitCode, output.Result + error.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
