using System.Globalization;
using System.Text.RegularExpressions;

namespace BpfMaps.Tests;

public sealed partial class RunQueueLatencyTests
{
    [Fact]
    public void Waits_AreCounted()
    {
        Require.Kernel();
        Require.Libbpf();
        // Its threads wake up often enough in a second to fill slots.
        string output = Processes.Run("dotnet", Programs.Sample("RunQueueLatency"), "--seconds", "1");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches("^ +us : count +distribution$", lines[0]);
        Assert.All(lines[1..], static line => Assert.Matches(Slot(), line));
        Assert.True(
            lines[1..].Sum(static line => long.Parse(Slot().Match(line).Groups[1].ValueSpan, CultureInfo.InvariantCulture)) > 0,
            output
        );
    }

    [Fact]
    public void ProcessThatDoesNotExist_HasNoWaits()
    {
        Require.Kernel();
        Require.Libbpf();
        Assert.Equal("", Processes.Run("dotnet", Programs.Sample("RunQueueLatency"), "--seconds", "1", "--pid", "2000000"));
    }

    [Theory]
    [InlineData("--seconds requires a positive number", "--seconds", "-1")]
    [InlineData("--pid requires a positive number", "--pid")]
    [InlineData("'--what' is not a valid option", "--what")]
    public void InvalidArgument_PrintsTheUsage(string sentence, params string[] arguments)
    {
        (int exitCode, _, string errors) = Processes.TryRun("dotnet", [Programs.Sample("RunQueueLatency"), .. arguments]);
        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void PrebuiltObject_MatchesItsSource() => Programs.AssertPrebuiltObjectMatches("RunQueueLatency", "runqueue.bpf.o");

    [GeneratedRegex("^ *[0-9]+ -> [0-9]+ : ([0-9]+) +\\|\\** *\\|$")]
    private static partial Regex Slot();
}
