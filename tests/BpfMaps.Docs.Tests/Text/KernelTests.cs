using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Tests;

namespace BpfMaps.Docs.Tests.Text;

/// <summary>The first versions of Linux on the pages are those that the tests of the library prove.</summary>
public sealed class KernelTests
{
    private const string Compatibility = "docs/compatibility.md";

    public static TheoryData<string> Kinds => [.. Enum.GetNames<BpfMapType>().Where(static name => name != nameof(BpfMapType.Unspecified))];

    public static TheoryData<string> Flags => [.. Enum.GetNames<BpfMapFlags>().Where(static name => name != nameof(BpfMapFlags.None))];

    [Fact]
    public void Features_AreThoseThatTestsProve()
    {
        IEnumerable<string> rows = Documentation
            .Page(Compatibility)
            .Prose.SkipWhile(static line => line.Text != "## Kernels")
            .SkipWhile(static line => line.Text != "|---|---|---|")
            .Skip(1)
            .TakeWhile(static line => line.Text.StartsWith("| ", StringComparison.Ordinal))
            .Select(static line => line.Text.Split('|', StringSplitOptions.TrimEntries))
            .Select(static cells => $"{cells[1]}: {cells[2].Split([';', ','])[0]}");

        Assert.Equal(KernelFeature.All.Select(static feature => $"{feature.Name}: {feature.First}"), rows);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MapType_HasTheVersionThatTestsProve(string kind) =>
        Assert.Contains(
            Documentation.Page("docs/maps/README.md").Prose,
            line =>
                line.Text.StartsWith($"| [`{kind}`](", StringComparison.Ordinal)
                && line.Text.Contains($" | {KernelFeature.MapType(Enum.Parse<BpfMapType>(kind)).First} | ", StringComparison.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Flags))]
    public void Flag_HasTheVersionThatTestsProve(string flag) =>
        Assert.Contains(
            Documentation.Page(Compatibility).Prose,
            line =>
                line.Text.StartsWith($"| `{flag}` |", StringComparison.Ordinal)
                && line.Text.Contains($" | {KernelFeature.Flag(Enum.Parse<BpfMapFlags>(flag)).First} | ", StringComparison.Ordinal)
        );
}
