using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace BpfMaps.Tests;

/// <summary>Tests of the assemblies in the packages.</summary>
public sealed class PackedAssemblyTests(PackageFeed feed)
{
    [Theory]
    [InlineData("analyzers/dotnet/cs/BpfMaps.Generators.dll", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp")]
    [InlineData(
        "analyzers/dotnet/cs/BpfMaps.CodeFixes.dll",
        "BpfMaps.Generators",
        "Microsoft.CodeAnalysis",
        "Microsoft.CodeAnalysis.CSharp",
        "Microsoft.CodeAnalysis.Workspaces"
    )]
    public void Analyzers_ReferenceTheOldestCompilerOfThisSdk(string file, params string[] expected)
    {
        using Package package = feed.Open("BpfMaps");
        using PEReader assembly = package.ReadAssembly(file);
        MetadataReader reader = assembly.GetMetadataReader();
        AssemblyReference[] references = [.. reader.AssemblyReferences.Select(reader.GetAssemblyReference)];

        Dictionary<string, Version> others = references
            .Select(reference => (Name: reader.GetString(reference.Name), reference.Version))
            .Where(reference => reference.Name != "netstandard" && !reference.Name.StartsWith("System.", StringComparison.Ordinal))
            .ToDictionary(reference => reference.Name, reference => reference.Version);

        Assert.Equal(expected, others.Keys.Order(StringComparer.Ordinal));
        Assert.All(
            others.Where(reference => reference.Key.StartsWith("Microsoft.", StringComparison.Ordinal)),
            reference => Assert.Equal(new Version(5, 0, 0, 0), reference.Value)
        );
    }

    [Theory]
    [InlineData("BpfMaps", "lib/net10.0/BpfMaps.Runtime.dll")]
    [InlineData("BpfMaps", "analyzers/dotnet/cs/BpfMaps.Generators.dll")]
    [InlineData("BpfMaps", "analyzers/dotnet/cs/BpfMaps.CodeFixes.dll")]
    [InlineData("BpfMaps", "tools/net10.0/any/bpfmaps.dll")]
    [InlineData("BpfMaps.InMemory", "lib/net10.0/BpfMaps.InMemory.dll")]
    [InlineData("BpfMaps.Libbpf", "lib/net10.0/BpfMaps.Libbpf.dll")]
    public void Assembly_IsDeterministic(string id, string file)
    {
        using Package package = feed.Open(id);
        using PEReader assembly = package.ReadAssembly(file);

        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    [Theory]
    [InlineData("BpfMaps", "lib/net10.0/BpfMaps.Runtime.pdb")]
    [InlineData("BpfMaps.InMemory", "lib/net10.0/BpfMaps.InMemory.pdb")]
    [InlineData("BpfMaps.Libbpf", "lib/net10.0/BpfMaps.Libbpf.pdb")]
    [InlineData("BpfMaps.Tool", "tools/net10.0/any/bpfmaps.pdb")]
    public void Symbols_ContainNoFolderOfTheMachine(string id, string file)
    {
        using Package package = feed.Open(id, "snupkg");
        using MetadataReaderProvider symbols = package.ReadSymbols(file);

        AssertSourcesAreMapped(symbols.GetMetadataReader());
    }

    [Theory]
    [InlineData("BpfMaps.Generators")]
    [InlineData("BpfMaps.CodeFixes")]
    public void Analyzers_HaveEmbeddedSymbols(string name)
    {
        using Package package = feed.Open("BpfMaps");
        using PEReader assembly = package.ReadAssembly($"analyzers/dotnet/cs/{name}.dll");
        using MetadataReaderProvider symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(
            assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb)
        );

        AssertSourcesAreMapped(symbols.GetMetadataReader());
    }

    private static void AssertSourcesAreMapped(MetadataReader reader)
    {
        string[] sources = [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];

        Assert.Contains(sources, source => source.StartsWith("/_/src/", StringComparison.Ordinal));
        Assert.DoesNotContain(sources, source => source.StartsWith(Checkout.Root, StringComparison.Ordinal));
    }
}
