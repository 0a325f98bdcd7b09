namespace BpfMaps.Tests;

/// <summary>Tests of a library with a BPF program, packed by its author, and of projects that reference its package.</summary>
public sealed class PackedLibraryTests(PackageFeed feed)
{
    private const string Id = "Acme.Flows";

    private const string Carried = "buildTransitive/net10.0/";

    [Fact]
    public void Application_HasTheObjectOfThePackageAndLoadsIt()
    {
        Require.Kernel();
        Require.Libbpf();
        string folder = feed.NewFolder();
        using PackageConsumer library = NewLibrary(folder);
        using PackageConsumer application = NewConsumer(folder, Id, "", "Exe", "Application");
        application.Write("Program.cs", Flows.Use[..Flows.Use.IndexOf("[BpfObject", StringComparison.Ordinal)]);
        library.Pack("-o", Source(folder));

        application.Build("-warnaserror");
        application.Publish("-o", Path.Combine(folder, "published"));

        Assert.Equal(Flows.Used, application.RunBuilt());
        Assert.Equal(Flows.Used, Processes.Run("dotnet", Path.Combine(folder, "published", "Application.dll")));
    }

    [Fact]
    public void Application_HasTheObjectThroughAnIntermediateLibrary()
    {
        string folder = feed.NewFolder();
        using PackageConsumer library = NewLibrary(folder);
        using PackageConsumer between = NewConsumer(folder, Id, "", "Library", "Between");
        using PackageConsumer application = NewConsumer(
            folder,
            "",
            """<ProjectReference Include="../Between/Between.csproj" />""",
            "Exe",
            "Application"
        );
        application.Write(
            "Program.cs",
            "System.Console.WriteLine(System.IO.File.Exists(System.IO.Path.Combine(System.AppContext.BaseDirectory, \"flow.bpf.o\")));"
        );
        library.Pack("-o", Source(folder));

        application.Build("-warnaserror");

        Assert.Equal("True\n", application.RunBuilt());
    }

    [Fact]
    public void Package_ContainsTheObjectAndTheTargetsThatCopyIt()
    {
        string folder = feed.NewFolder();
        using PackageConsumer library = NewLibrary(folder);

        library.Pack("-o", Source(folder));

        using Package package = new(Path.Combine(Source(folder), $"{Id}.{feed.Version}.nupkg"));
        Assert.Equal([$"{Carried}{Id}.targets", $"{Carried}flow.bpf.o", "lib/net10.0/Library.dll"], package.Files);
        Assert.Equal(File.ReadAllBytes(library["obj/Release/net10.0/bpf/flow.bpf.o"]), package.Read($"{Carried}flow.bpf.o"));
    }

    [Fact]
    public void PackWithoutObjects_HasNoObjectsInThePackage()
    {
        string folder = feed.NewFolder();
        using PackageConsumer library = NewLibrary(folder);

        library.Pack("-o", Source(folder), "-p:BpfPackObjects=false");

        using Package package = new(Path.Combine(Source(folder), $"{Id}.{feed.Version}.nupkg"));
        Assert.Equal(["lib/net10.0/Library.dll"], package.Files);
    }

    private static string Source(string folder) => Path.Combine(folder, "source");

    private PackageConsumer NewLibrary(string folder)
    {
        Require.Clang();
        PackageConsumer library = new(
            feed,
            "BpfMaps.Libbpf",
            Flows.Item,
            $"<PackageId>{Id}</PackageId><Version>{feed.Version}</Version>",
            Path.Combine(folder, "Library"),
            "Library"
        );
        Flows.WriteTo(library);
        library.Write(
            "Object.cs",
            "using BpfMaps;\n\n"
                + Flows
                    .Use[Flows.Use.IndexOf("[BpfObject", StringComparison.Ordinal)..]
                    .Replace("internal", "public", StringComparison.Ordinal)
        );
        return library;
    }

    private PackageConsumer NewConsumer(string folder, string package, string items, string outputType, string name) =>
        new(
            feed,
            package,
            items,
            $"<OutputType>{outputType}</OutputType><RestoreAdditionalProjectSources>{Source(folder)}</RestoreAdditionalProjectSources>",
            Path.Combine(folder, name),
            name
        );
}
