using System.Xml.Linq;
using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Tests;
using YamlDotNet.RepresentationModel;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>Tests that project files and settings of the pages are well formed and that the names in them exist.</summary>
public sealed class MarkupBlockTests
{
    // The names that MSBuild and the SDK define, as far as the pages use them.
    private static readonly string[] s_known =
    [
        "Project",
        "ItemGroup",
        "PropertyGroup",
        "PackageReference",
        "ProjectReference",
        "TargetFramework",
        "OutputType",
        "ImplicitUsings",
        "Nullable",
        "LangVersion",
        "PublishAot",
        "RuntimeHostConfigurationOption",
        "WarningsAsErrors",
        "TreatWarningsAsErrors",
        "configuration",
        "packageSources",
        "add",
    ];

    public static TheoryData<string> Xml => Documentation.Names("xml");

    public static TheoryData<string> Yaml => Documentation.Names("yaml");

    public static TheoryData<string> Settings => Documentation.Names("ini");

    [Theory]
    [MemberData(nameof(Xml))]
    public void Xml_IsWellFormedAndItsNamesExist(string name)
    {
        XElement root = XElement.Parse($"<Page>{Documentation.Block(name).Text}</Page>");
        string targets =
            Repository.Read("src/BpfMaps.Runtime/buildTransitive/BpfMaps.targets")
            + Repository.Read("src/BpfMaps.Runtime/buildTransitive/BpfMaps.Headers.targets")
            + Repository.Read("src/BpfMaps.Libbpf/buildTransitive/BpfMaps.Libbpf.targets");

        Assert.All(
            root.Descendants(),
            element =>
                Assert.True(
                    s_known.Contains(element.Name.LocalName)
                        || targets.Contains($"$({element.Name.LocalName})", StringComparison.Ordinal)
                        || targets.Contains($"@({element.Name.LocalName})", StringComparison.Ordinal),
                    $"{name}: neither the build items nor the SDK define '{element.Name.LocalName}'"
                )
        );
        Assert.All(
            root.Descendants("PackageReference"),
            static package => Assert.Contains(package.Attribute("Include")!.Value, Packages())
        );
    }

    [Theory]
    [MemberData(nameof(Yaml))]
    public void Yaml_IsWellFormedAndAcceptedByPrometheus(string name)
    {
        string text = Documentation.Block(name).Text;
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        YamlMappingNode root = Assert.IsType<YamlMappingNode>(Assert.Single(stream.Documents).RootNode);
        if (!root.Children.ContainsKey("scrape_configs"))
            return;
        string promtool = Require.Program("promtool", "prometheus");
        string file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        (int exitCode, string output, string errors) = Processes.TryRun(promtool, "check", "config", file);
        File.Delete(file);
        Assert.True(exitCode == 0, output + errors);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Settings_AreOfExistingDiagnostics(string name) =>
        Assert.All(
            Documentation.Block(name).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => !line.StartsWith('[')),
            static line =>
            {
                Assert.Matches(@"^dotnet_diagnostic\.BPFMAP\d{3}\.severity = (none|silent|suggestion|warning|error)$", line);
                Assert.Contains($"| [{line.Split('.')[1]}](", Repository.Read("docs/diagnostics/README.md"), StringComparison.Ordinal);
            }
        );

    private static IEnumerable<string> Packages() => ["BpfMaps", "BpfMaps.InMemory", "BpfMaps.Libbpf"];
}
