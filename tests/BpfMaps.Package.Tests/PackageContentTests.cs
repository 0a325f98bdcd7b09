using System.Xml.Linq;

namespace BpfMaps.Tests;

/// <summary>Tests of the content and metadata of the packages.</summary>
public sealed class PackageContentTests(PackageFeed feed)
{
    private const string Templates = "BpfMaps.Templates";

    private static readonly string s_templates = $"{Checkout.Root}src/BpfMaps.Templates/content";

    // Templates have no symbols.
    private static readonly string[] s_kinds = ["nupkg", "snupkg"];

    private static readonly string[] s_everywhere = ["LICENSE", "README.md", "icon.png"];

    private static readonly string[] s_tool =
    [
        "tools/net10.0/any/BpfMaps.Libbpf.dll",
        "tools/net10.0/any/BpfMaps.Runtime.dll",
        "tools/net10.0/any/Spectre.Console.dll",
        "tools/net10.0/any/System.CommandLine.dll",
        "tools/net10.0/any/YamlDotNet.dll",
        "tools/net10.0/any/bpfmaps.deps.json",
        "tools/net10.0/any/bpfmaps.dll",
        "tools/net10.0/any/bpfmaps.runtimeconfig.json",
        "THIRD-PARTY-NOTICES.txt",
    ];

    public static TheoryData<string, string[]> Contents =>
        new()
        {
            {
                "BpfMaps",
                [
                    .. s_tool,
                    "analyzers/dotnet/cs/BpfMaps.CodeFixes.dll",
                    "analyzers/dotnet/cs/BpfMaps.Generators.dll",
                    "buildTransitive/net10.0/BpfMaps.Compile.targets",
                    "buildTransitive/net10.0/BpfMaps.Headers.targets",
                    "buildTransitive/net10.0/BpfMaps.UpToDate.targets",
                    "buildTransitive/net10.0/BpfMaps.targets",
                    "lib/net10.0/BpfMaps.Runtime.dll",
                    "lib/net10.0/BpfMaps.Runtime.xml",
                ]
            },
            { "BpfMaps.Hosting", ["lib/net10.0/BpfMaps.Hosting.dll", "lib/net10.0/BpfMaps.Hosting.xml"] },
            { "BpfMaps.InMemory", ["lib/net10.0/BpfMaps.InMemory.dll", "lib/net10.0/BpfMaps.InMemory.xml"] },
            {
                "BpfMaps.Libbpf",
                ["buildTransitive/net10.0/BpfMaps.Libbpf.targets", "lib/net10.0/BpfMaps.Libbpf.dll", "lib/net10.0/BpfMaps.Libbpf.xml"]
            },
            { "BpfMaps.Metrics", ["lib/net10.0/BpfMaps.Metrics.dll", "lib/net10.0/BpfMaps.Metrics.xml"] },
            { "BpfMaps.Metrics.AspNetCore", ["lib/net10.0/BpfMaps.Metrics.AspNetCore.dll", "lib/net10.0/BpfMaps.Metrics.AspNetCore.xml"] },
            { "BpfMaps.Queries", ["lib/net10.0/BpfMaps.Queries.dll", "lib/net10.0/BpfMaps.Queries.xml"] },
            { "BpfMaps.Symbols", ["lib/net10.0/BpfMaps.Symbols.dll", "lib/net10.0/BpfMaps.Symbols.xml"] },
            {
                Templates,
                [
                    .. Directory
                        .EnumerateFiles(s_templates, "*", SearchOption.AllDirectories)
                        .Select(static file => Path.GetRelativePath(s_templates, file))
                        .Where(static file =>
                            !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)
                        )
                        .Select(static file => "content/" + file),
                ]
            },
            {
                "BpfMaps.Tool",
                [
                    .. s_tool,
                    "tools/net10.0/any/BpfMaps.Libbpf.pdb",
                    "tools/net10.0/any/BpfMaps.Runtime.pdb",
                    "tools/net10.0/any/DotnetToolSettings.xml",
                    "tools/net10.0/any/bpfmaps.pdb",
                ]
            },
        };

    public static TheoryData<string> Packages => [.. Contents.Select(row => row.Data.Item1)];

    [Fact]
    public void Pack_HasNoWarnings() => Assert.DoesNotContain("warning", feed.Log, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Pack_CreatesThePackagesAndTheirSymbols() =>
        Assert.Equal(
            Packages
                .Select(static row => row.Data)
                .SelectMany(static id => id == Templates ? s_kinds[..1] : s_kinds, (id, kind) => $"{id}.{feed.Version}.{kind}")
                .Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(feed.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Contents))]
    public void Package_ContainsExactlyTheseFiles(string id, string[] files)
    {
        using Package package = feed.Open(id);

        Assert.Equal([.. s_everywhere.Concat(files).Order(StringComparer.Ordinal)], package.Files);
    }

    [Theory]
    [InlineData("BpfMaps", "lib/net10.0/BpfMaps.Runtime.pdb")]
    [InlineData("BpfMaps.Hosting", "lib/net10.0/BpfMaps.Hosting.pdb")]
    [InlineData("BpfMaps.InMemory", "lib/net10.0/BpfMaps.InMemory.pdb")]
    [InlineData("BpfMaps.Libbpf", "lib/net10.0/BpfMaps.Libbpf.pdb")]
    [InlineData("BpfMaps.Metrics", "lib/net10.0/BpfMaps.Metrics.pdb")]
    [InlineData("BpfMaps.Metrics.AspNetCore", "lib/net10.0/BpfMaps.Metrics.AspNetCore.pdb")]
    [InlineData("BpfMaps.Queries", "lib/net10.0/BpfMaps.Queries.pdb")]
    [InlineData("BpfMaps.Symbols", "lib/net10.0/BpfMaps.Symbols.pdb")]
    [InlineData(
        "BpfMaps.Tool",
        "tools/net10.0/any/BpfMaps.Libbpf.pdb",
        "tools/net10.0/any/BpfMaps.Runtime.pdb",
        "tools/net10.0/any/bpfmaps.pdb"
    )]
    public void SymbolPackage_ContainsTheSymbolsOfTheAssemblies(string id, params string[] files)
    {
        using Package package = feed.Open(id, "snupkg");

        Assert.Equal(files, package.Files);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_HasMetadata(string id)
    {
        using Package package = feed.Open(id);

        Assert.Equal(id, package["id"]);
        Assert.Equal(feed.Version, package["version"]);
        Assert.Equal("The BpfTyped authors", package["authors"]);
        Assert.Equal("MIT", package["license"]);
        Assert.Equal("icon.png", package["icon"]);
        Assert.Equal("README.md", package["readme"]);
        Assert.StartsWith("ebpf bpf ", package["tags"], StringComparison.Ordinal);
        Assert.InRange(package["description"]!.Length, 60, 200);
        Assert.StartsWith($"# {id}\n", package.ReadText("README.md"), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText($"{Checkout.Root}LICENSE"), package.ReadText("LICENSE"));
        // Galleries show the README without the files that links refer to.
        Assert.DoesNotContain("](", package.ReadText("README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Repository_IsPublicOrOmitted(string id)
    {
        using Package package = feed.Open(id);

        string? url = package
            .Metadata.Elements()
            .SingleOrDefault(element => element.Name.LocalName == "repository")
            ?.Attribute("url")
            ?.Value;

        Assert.True(url is null || url.StartsWith("https://", StringComparison.Ordinal), url);
    }

    [Theory]
    [InlineData("BpfMaps")]
    [InlineData("BpfMaps.Hosting", "BpfMaps.Libbpf")]
    [InlineData("BpfMaps.InMemory", "BpfMaps")]
    [InlineData("BpfMaps.Libbpf", "BpfMaps")]
    [InlineData("BpfMaps.Metrics", "BpfMaps", "BpfMaps.Symbols")]
    [InlineData("BpfMaps.Metrics.AspNetCore", "BpfMaps.Metrics")]
    [InlineData("BpfMaps.Queries", "BpfMaps")]
    [InlineData("BpfMaps.Symbols", "BpfMaps")]
    [InlineData("BpfMaps.Tool")]
    public void Dependencies_HaveTheSameVersion(string id, params string[] expected)
    {
        using Package package = feed.Open(id);

        XElement[] dependencies =
        [
            .. package
                .Metadata.Descendants()
                .Where(element =>
                    element.Name.LocalName == "dependency" && element.Attribute("id")!.Value.StartsWith("BpfMaps", StringComparison.Ordinal)
                ),
        ];

        Assert.Equal(expected, dependencies.Select(dependency => dependency.Attribute("id")!.Value));
        Assert.All(dependencies, dependency => Assert.Equal($"[{feed.Version}]", dependency.Attribute("version")!.Value));
        Assert.All(dependencies, dependency => Assert.Equal("All", dependency.Attribute("include")?.Value));
        Assert.All(dependencies, dependency => Assert.Null(dependency.Attribute("exclude")));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Dependencies_OnOthersAreFew(string id)
    {
        using Package package = feed.Open(id);

        IEnumerable<string> others = package
            .Metadata.Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(dependency => dependency.Attribute("id")!.Value)
            .Where(name => !name.StartsWith("BpfMaps", StringComparison.Ordinal));

        string[] expected = id switch
        {
            "BpfMaps.Metrics" => ["Microsoft.Extensions.Hosting.Abstractions"],
            "BpfMaps.Hosting" =>
            [
                "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions",
                "Microsoft.Extensions.Hosting.Abstractions",
            ],
            _ => [],
        };
        Assert.Equal(expected, others);
    }

    [Theory]
    [InlineData("BpfMaps.Tool", "DotnetTool")]
    [InlineData(Templates, "Template")]
    public void Package_HasItsType(string id, string type)
    {
        using Package package = feed.Open(id);

        Assert.Equal(
            type,
            package.Metadata.Descendants().Single(element => element.Name.LocalName == "packageType").Attribute("name")!.Value
        );
    }

    [Theory]
    [InlineData("BpfMaps")]
    [InlineData("BpfMaps.Tool")]
    public void Tool_RunsOnThisFrameworkAndLaterOnes(string id)
    {
        using Package package = feed.Open(id);

        string config = package.ReadText("tools/net10.0/any/bpfmaps.runtimeconfig.json");

        Assert.Contains("\"rollForward\": \"Major\"", config, StringComparison.Ordinal);
        Assert.Contains("\"version\": \"10.0.0\"", config, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BpfMaps", "lib/net10.0/BpfMaps.Runtime.xml", "T:BpfMaps.RawMap")]
    [InlineData("BpfMaps.Hosting", "lib/net10.0/BpfMaps.Hosting.xml", "T:BpfMaps.PinPolicy")]
    [InlineData("BpfMaps.InMemory", "lib/net10.0/BpfMaps.InMemory.xml", "T:BpfMaps.InMemoryBpfHost")]
    [InlineData("BpfMaps.Libbpf", "lib/net10.0/BpfMaps.Libbpf.xml", "T:BpfMaps.BpfObject")]
    [InlineData("BpfMaps.Metrics", "lib/net10.0/BpfMaps.Metrics.xml", "T:BpfMaps.BpfMetricsRegistry")]
    [InlineData("BpfMaps.Queries", "lib/net10.0/BpfMaps.Queries.xml", "M:BpfMaps.BpfQuery.IsSupported(System.String@)")]
    [InlineData("BpfMaps.Symbols", "lib/net10.0/BpfMaps.Symbols.xml", "T:BpfMaps.KernelSymbols")]
    public void Package_ContainsTheDocumentation(string id, string file, string member)
    {
        using Package package = feed.Open(id);

        XElement documented = XDocument
            .Parse(package.ReadText(file))
            .Descendants("member")
            .Single(element => element.Attribute("name")!.Value == member);

        Assert.NotEmpty(documented.Element("summary")!.Value.Trim());
    }
}
