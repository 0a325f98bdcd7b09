namespace BpfMaps.Tests;

/// <summary>Tests of a library that declares types, packed by its author: programs that reference the package include its header.</summary>
public sealed class PackedHeaderTests(PackageFeed feed)
{
    private const string Id = "Acme.Types";

    [Fact]
    public void Program_IncludesTheHeaderOfThePackage()
    {
        Require.Clang();
        string folder = feed.NewFolder();
        string source = Path.Combine(folder, "source");
        using PackageConsumer library = new(
            feed,
            "BpfMaps",
            "",
            $"<PackageId>{Id}</PackageId><Version>{feed.Version}</Version><BpfExportHeader>true</BpfExportHeader>",
            Path.Combine(folder, "Types"),
            "Types"
        );
        library.Write(
            "Usage.cs",
            """
            using BpfMaps;

            [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), MaxEntries = 64)]
            public struct Usage { public ulong Calls; }
            """
        );
        library.Pack("-o", source);
        using (Package package = new(Path.Combine(source, $"{Id}.{feed.Version}.nupkg")))
            Assert.Equal(["lib/net10.0/Types.bpf.h", "lib/net10.0/Types.dll"], package.Files);
        using PackageConsumer application = new(
            feed,
            Id,
            """<BpfProgram Include="bpf/*.bpf.c" />""",
            $"<OutputType>Exe</OutputType><RestoreAdditionalProjectSources>{source}</RestoreAdditionalProjectSources>",
            Path.Combine(folder, "Application"),
            "Application"
        );
        application.Write("Program.cs", "System.Console.WriteLine();");
        application.Write("bpf/count.bpf.c", "#include \"Types.bpf.h\"\n\nchar LICENSE[] SEC(\"license\") = \"GPL\";\n");

        application.Build("-warnaserror");

        Assert.Contains(
            "map usage type=Hash key=u32 key-size=4 value=struct:usage",
            File.ReadAllText(application["obj/Debug/net10.0/bpf/count.bpf.layout"]),
            StringComparison.Ordinal
        );
    }
}
