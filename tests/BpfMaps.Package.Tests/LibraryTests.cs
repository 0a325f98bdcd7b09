namespace BpfMaps.Tests;

/// <summary>Tests of a library that declares maps, and an application that references only the library.</summary>
public sealed class LibraryTests(PackageFeed feed)
{
    [Fact]
    public void Application_UsesTheMapsOfTheLibraryWithoutAPackageReference()
    {
        Require.Kernel();
        Require.Clang();
        Require.Libbpf();
        string folder = feed.NewFolder();
        using PackageConsumer library = new(
            feed,
            "BpfMaps.Libbpf",
            Flows.Item,
            "<OutputType>Library</OutputType>",
            Path.Combine(folder, "Library"),
            "Library"
        );
        using PackageConsumer application = new(
            feed,
            "",
            """<ProjectReference Include="../Library/Library.csproj" />""",
            folder: Path.Combine(folder, "Application"),
            name: "Application"
        );
        Flows.WriteTo(library);
        (string program, string declaration) = Split(Flows.Use);
        library.Write("Object.cs", declaration.Replace("internal", "public", StringComparison.Ordinal));
        application.Write("Program.cs", program);

        application.Build("-warnaserror");

        Assert.Equal(Flows.Used, application.RunBuilt());
        Assert.False(Directory.Exists(application["obj/Debug/net10.0/bpf"]), "the library's program was compiled for the application too");

        DateTime first = File.GetLastWriteTimeUtc(library["obj/Debug/net10.0/Library.dll"]);
        Assert.DoesNotContain("clang", application.Build("-v:n"), StringComparison.Ordinal);
        Assert.Equal(first, File.GetLastWriteTimeUtc(library["obj/Debug/net10.0/Library.dll"]));
    }

    [Fact]
    public void Application_HasTheBuildItemsOfTheLibraryPackage()
    {
        Require.Clang();
        string folder = feed.NewFolder();
        using PackageConsumer library = new(
            feed,
            "BpfMaps.Libbpf",
            properties: "<OutputType>Library</OutputType>",
            folder: Path.Combine(folder, "Library"),
            name: "Library"
        );
        using PackageConsumer application = new(
            feed,
            "",
            $"""<ProjectReference Include="../Library/Library.csproj" />{Flows.Item}""",
            folder: Path.Combine(folder, "Application"),
            name: "Application"
        );
        application.Write("bpf/flow.bpf.c", Flows.Program);
        application.Write(
            "Program.cs",
            "System.Console.WriteLine(System.IO.File.Exists(System.IO.Path.Combine(System.AppContext.BaseDirectory, \"flow.bpf.o\")));"
        );

        application.Build("-warnaserror");

        Assert.Equal("True\n", application.RunBuilt());
    }

    /// <summary>The program without the class of the object, and that class.</summary>
    private static (string Program, string Declaration) Split(string source)
    {
        int at = source.IndexOf("[BpfObject", StringComparison.Ordinal);
        return (source[..at], $"using BpfMaps;\n\n{source[at..]}");
    }
}
