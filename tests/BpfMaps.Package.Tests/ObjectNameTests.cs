namespace BpfMaps.Tests;

/// <summary>Objects of one file name from several packages, and names that mean something in XML and MSBuild.</summary>
public sealed class ObjectNameTests(PackageFeed feed)
{
    // Without '%': NuGet takes an escape in the name of a packed file for the character.
    private const string Odd = "$(touch pwned)`touch pwned`'&é.bpf";

    [Fact]
    public void ObjectsOfTwoPackages_AreAnErrorInTheApplication()
    {
        string folder = feed.NewFolder();
        using PackageConsumer first = NewLibrary(folder, "First", "flow.bpf", Flows.Item);
        using PackageConsumer second = NewLibrary(folder, "Second", "flow.bpf", Flows.Item);
        first.Pack("-o", Source(folder));
        second.Pack("-o", Source(folder));
        using PackageConsumer application = NewApplication(folder, "First", "Second");
        application.Write("Program.cs", "System.Console.WriteLine(1);");

        string error = Assert.Single(application.BuildErrors());

        Assert.Contains(
            "error BPFMAP101: BPF objects of several projects or packages have the same path in the output folder, 'flow.bpf.o'",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains("/acme.first/", error, StringComparison.Ordinal);
        Assert.Contains("/acme.second/", error, StringComparison.Ordinal);
    }

    [Fact]
    public void LinkedObjectsOfTwoPackages_AreBothThere()
    {
        string folder = feed.NewFolder();
        using PackageConsumer first = NewLibrary(
            folder,
            "Linked",
            "flow.bpf",
            """<BpfProgram Include="bpf/*.bpf.c" Link="first/%(Filename).o" />"""
        );
        using PackageConsumer second = NewLibrary(folder, "Odd", Odd, """<BpfProgram Include="bpf/*.bpf.c" />""");
        first.Pack("-o", Source(folder));
        second.Pack("-o", Source(folder));
        using PackageConsumer application = NewApplication(folder, "Linked", "Odd");
        application.Write("Program.cs", "System.Console.WriteLine(1);");

        application.Build();
        application.Publish("-o", application["published"]);

        foreach (string output in new[] { "bin/Debug/net10.0", "published" })
        {
            Assert.Equal(
                [$"{Odd}.o", "first/flow.bpf.o"],
                Directory
                    .EnumerateFiles(application[output], "*.o", SearchOption.AllDirectories)
                    .Select(path => Path.GetRelativePath(application[output], path))
                    .Order(StringComparer.Ordinal)
            );
        }
        Assert.Empty(Directory.EnumerateFiles(folder, "pwned", SearchOption.AllDirectories));
    }

    private static string Source(string folder) => Path.Combine(folder, "source");

    /// <summary>
    /// Creates a library that is packed as <c>Acme.{name}</c>. Each name is used once, because an installed package is not replaced.
    /// </summary>
    private PackageConsumer NewLibrary(string folder, string name, string source, string items)
    {
        Require.Clang();
        PackageConsumer library = new(
            feed,
            "BpfMaps.Libbpf",
            items,
            $"<PackageId>Acme.{name}</PackageId><Version>{feed.Version}</Version>",
            Path.Combine(folder, name),
            name
        );
        library.Write($"bpf/{source}.c", Flows.Program);
        return library;
    }

    private PackageConsumer NewApplication(string folder, params string[] libraries) =>
        new(
            feed,
            "",
            string.Concat(libraries.Select(library => $"""<PackageReference Include="Acme.{library}" Version="{feed.Version}" />""")),
            $"<OutputType>Exe</OutputType><RestoreAdditionalProjectSources>{Source(folder)}</RestoreAdditionalProjectSources>",
            Path.Combine(folder, "Application"),
            "Application"
        );
}
