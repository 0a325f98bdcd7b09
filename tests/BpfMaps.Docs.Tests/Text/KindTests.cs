using System.Text.RegularExpressions;
using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Docs.Tests.Text;

/// <summary>Tests that the pages and the XML documentation agree on map types and flags.</summary>
public sealed partial class KindTests
{
    private const string Index = "docs/maps/README.md";

    public static TheoryData<string> Kinds => [.. Enum.GetNames<BpfMapType>().Where(static name => name != nameof(BpfMapType.Unspecified))];

    public static TheoryData<string> Flags => [.. Enum.GetNames<BpfMapFlags>().Where(static name => name != nameof(BpfMapFlags.None))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MapType_IsInTheIndexWithItsNameAndFirstKernel(string kind)
    {
        (string constant, string version) = Documented("src/Shared/BpfMapType.cs", kind);
        string row = Assert
            .Single(Documentation.Page(Index).Prose, line => line.Text.StartsWith($"| [`{kind}`](", StringComparison.Ordinal))
            .Text;

        Assert.Contains($"| {constant} | {version} |", row, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void PageOfAMapType_HasTheNameAndTheFirstKernel(string kind)
    {
        (string constant, string version) = Documented("src/Shared/BpfMapType.cs", kind);
        string page = Link()
            .Match(Documentation.Page(Index).Prose.Single(line => line.Text.StartsWith($"| [`{kind}`](", StringComparison.Ordinal)).Text)
            .Groups[1]
            .Value;

        Assert.Contains(
            Documentation.Page($"docs/maps/{page}").Prose,
            line => line.Text.Contains(constant, StringComparison.Ordinal) && Regex.IsMatch(line.Text, $@"\b{Regex.Escape(version)}\b")
        );
    }

    [Theory]
    [MemberData(nameof(Flags))]
    public void Flag_IsInTheTableWithItsNameAndFirstKernel(string flag)
    {
        (string constant, string version) = Documented("src/Shared/BpfMapFlags.cs", flag);
        string row = Assert
            .Single(
                Documentation.Page("docs/compatibility.md").Prose,
                line => line.Text.StartsWith($"| `{flag}` |", StringComparison.Ordinal)
            )
            .Text;

        Assert.Contains($"| {constant} | {version} |", row, StringComparison.Ordinal);
    }

    /// <summary>Gets the kernel's name and the first kernel version from the documentation of a member.</summary>
    private static (string Constant, string Version) Documented(string file, string member)
    {
        Match match = Regex.Match(
            Repository.Read(file),
            $@"\((?<constant>BPF_\w+), Linux (?<version>[\d.]+)\)[^\n]*(?:\n    /// )?</summary>\n    {member} = "
        );
        Assert.True(match.Success, $"{file}: the documentation of {member} has no constant or kernel version.");
        return (match.Groups["constant"].Value, match.Groups["version"].Value);
    }

    [GeneratedRegex(@"\]\(([a-z-]+\.md)")]
    private static partial Regex Link();
}
