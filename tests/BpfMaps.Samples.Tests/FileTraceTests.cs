using System.Diagnostics;
using System.Globalization;

namespace BpfMaps.Tests;

public sealed class FileTraceTests
{
    [Fact]
    public async Task OpenedAndMissingFiles_AreReported()
    {
        string[] lines = await TraceAsync("--count", "2");
        Assert.Equal(3, lines.Length);
        Assert.Matches("^ +pid command +fd +path$", lines[0]);
        Assert.Matches("^ *[0-9]+ sh +[0-9]+  /etc/hostname$", lines[1]);
        Assert.Matches("^ *[0-9]+ sh +-  /no/such/file: No such file or directory$", lines[2]);
    }

    [Fact]
    public async Task FailedCallsAlone_AreReportedOnRequest()
    {
        string[] lines = await TraceAsync("--count", "1", "--failed");
        Assert.Matches("^ *[0-9]+ sh +-  /no/such/file: No such file or directory$", Assert.Single(lines[1..]));
    }

    [Theory]
    [InlineData("--count requires a positive number", "--count", "0")]
    [InlineData("'--what' is not a valid option", "--what")]
    public void InvalidArgument_PrintsTheUsage(string sentence, params string[] arguments)
    {
        (int exitCode, _, string errors) = Processes.TryRun("dotnet", [Programs.Sample("FileTrace"), .. arguments]);
        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void PrebuiltObject_MatchesItsSource() => Programs.AssertPrebuiltObjectMatches("FileTrace", "files.bpf.o");

    /// <summary>Runs the sample on a shell that opens a file, and then one that does not exist.</summary>
    /// <returns>The lines of the sample.</returns>
    private static async Task<string[]> TraceAsync(params string[] arguments)
    {
        Require.Kernel();
        Require.Libbpf();
        Require.TraceFs();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Process shell = Start("sh", "-c", "read line; exec 3</etc/hostname; exec 4</no/such/file");
        using Process sample = Start(
            "dotnet",
            [Programs.Sample("FileTrace"), "--pid", shell.Id.ToString(CultureInfo.InvariantCulture), .. arguments]
        );
        Assert.Equal("Watching...", await sample.StandardError.ReadLineAsync(cancellation));
        await shell.StandardInput.WriteLineAsync();
        await shell.StandardInput.FlushAsync(cancellation);

        string output = await sample.StandardOutput.ReadToEndAsync(cancellation);
        await sample.WaitForExitAsync(cancellation);
        await shell.WaitForExitAsync(cancellation);
        Assert.Equal(0, sample.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
