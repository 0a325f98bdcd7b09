using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace BpfMaps.Tests;

[Collection(KnownLoad.Collection)]
public sealed class SyscallTopTests
{
    [Fact]
    public async Task KnownLoad_IsCountedExactly()
    {
        Require.Kernel();
        Require.Libbpf();
        await KnownLoad.AssertSyscallTopCountsItAsync("dotnet", Programs.Sample("SyscallTop"));
    }

    [Fact]
    public async Task RunningSample_ShowsItsFieldsInTheTool()
    {
        Require.Kernel();
        Require.Libbpf();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        uint[] before = [.. RawMap.EnumerateLoaded().Select(info => info.Id)];
        using Process sample = Start("--json", "--seconds", "30");
        Assert.Equal("Counting...", await sample.StandardError.ReadLineAsync(cancellation));
        _ = KnownLoad.ParentProcess();
        BpfMapInfo calls = RawMap.EnumerateLoaded().Single(info => info.Name == "calls" && !before.Contains(info.Id));

        (int exitCode, string output, string errors) = Programs.RunTool("dump", calls.Id.ToString(CultureInfo.InvariantCulture), "--json");
        sample.Kill();

        Assert.Equal((0, ""), (exitCode, errors));
        using JsonDocument json = JsonDocument.Parse(output);
        JsonElement element = json.RootElement[0];
        Assert.True(element.GetProperty("key").TryGetProperty("pid", out _), output[..200]);
        Assert.True(element.GetProperty("value").TryGetProperty("nanoseconds", out _), output[..200]);
    }

    [Fact]
    public void InvalidArgument_PrintsTheUsage()
    {
        (int exitCode, _, string errors) = Processes.TryRun("dotnet", Programs.Sample("SyscallTop"), "--seconds", "many");

        Assert.Equal(2, exitCode);
        Assert.Contains("--seconds requires a positive number", errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void PrebuiltObject_MatchesItsSource() => Programs.AssertPrebuiltObjectMatches("SyscallTop", "syscalls.bpf.o");

    private static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [Programs.Sample("SyscallTop"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
