namespace BpfMaps.Tests;

/// <summary>Objects inside assemblies, and objects that are not copied to applications.</summary>
public sealed class EmbeddedObjectTests
{
    private const string Use = """
        using BpfMaps;

        using Flow flow = Flow.OpenEmbedded();
        using Flow same = Flow.Open();
        Console.WriteLine($"{flow.Object.Name} {flow.Object.GetMap("flows").MaxEntries} {same.Object.GetMap("flows").MaxEntries}");

        [BpfObject("OBJECT")] public sealed partial class Flow;
        """;

    [Theory]
    [InlineData("""<BpfProgram Include="bpf/flow.bpf.c" Embed="true" />""", "flow.bpf.o")]
    [InlineData("""<BpfProgram Include="bpf/flow.bpf.c" Embed="true" Link="in/de/flow.bpf.o" />""", "flow.bpf.o")]
    [InlineData("""<BpfProgram Include="bpf/flow.bpf.c" Embed="true" Link="in/flow.bpf.o" />""", "bpf/flow.bpf.o")]
    public void EmbeddedObject_IsInTheAssemblyAndNotBesideIt(string item, string name)
    {
        Require.Libbpf();
        using ConsumerProject project = WithFlow(item);
        project.Write("Program.cs", Use.Replace("OBJECT", name, StringComparison.Ordinal));

        project.Build("-warnaserror");
        project.Publish("-o", project["published"]);

        Assert.Equal("flow 16 16\n", project.RunBuilt());
        Assert.Equal("flow 16 16\n", Processes.Run("dotnet", project["published/Consumer.dll"]));
        Assert.Empty(Directory.GetFiles(project["bin"], "*.o", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(project["published"], "*.o", SearchOption.AllDirectories));
    }

    [Fact]
    public void ChangedSource_ChangesTheEmbeddedObject()
    {
        Require.Libbpf();
        using ConsumerProject project = WithFlow("""<BpfProgram Include="bpf/flow.bpf.c" Embed="true" />""");
        project.Write("Program.cs", Use.Replace("OBJECT", "flow.bpf.o", StringComparison.Ordinal));
        project.Build();
        project.Write("bpf/flow.bpf.c", Source("flows", 32));

        project.Build();

        Assert.Equal("flow 32 32\n", project.RunBuilt());
    }

    [Fact]
    public void ObjectsOfOneNameInTwoFolders_AreTwoResources()
    {
        Require.Libbpf();
        using ConsumerProject project = WithFlow(
            """<BpfProgram Include="bpf/**/*.bpf.c" Embed="true" Link="%(RecursiveDir)%(Filename).o" />"""
        );
        project.Write("bpf/it's #1;/flow.bpf.c", Source("others", 32));
        project.Write(
            "Program.cs",
            """
            using BpfMaps;

            using Flow flow = Flow.Open();
            using Other other = Other.OpenEmbedded();
            Console.WriteLine($"{flow.Object.GetMap("flows").MaxEntries} {other.Object.GetMap("others").MaxEntries}");

            [BpfObject("bpf/flow.bpf.o")] internal sealed partial class Flow;
            [BpfObject("it's #1;/flow.bpf.o")] internal sealed partial class Other;
            """
        );

        project.Build();

        Assert.Equal("16 32\n", project.RunBuilt());
    }

    [Fact]
    public void EmbeddedObjectOfALibrary_IsOpenedByTheApplication()
    {
        Require.Libbpf();
        string root = ConsumerProject.NewFolder();
        using ConsumerProject application = NewApplication(root, "");
        using ConsumerProject library = NewLibrary(root, """<BpfProgram Include="bpf/flow.bpf.c" Embed="true" />""");
        library.Write("Flow.cs", "using BpfMaps;\n[BpfObject(\"flow.bpf.o\")] public sealed partial class Flow;");
        application.Write("Program.cs", Use[..Use.IndexOf("[BpfObject", StringComparison.Ordinal)]);

        application.Build("-warnaserror");

        Assert.Equal("flow 16 16\n", application.RunBuilt());
        Assert.Empty(Directory.GetFiles(application["bin"], "*.o", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(true, "", "", true)]
    [InlineData(false, "", "", false)]
    [InlineData(false, "", "-p:BpfCopyReferencedObjects=true", true)]
    [InlineData(true, "", "-p:BpfCopyReferencedObjects=false", false)]
    [InlineData(true, " CopyToOutputDirectory=\"Never\"", "", false)]
    public void ObjectOfALibrary_IsCopiedIfTheApplicationCanOpenIt(bool hasLibbpf, string metadata, string property, bool isCopied)
    {
        string root = ConsumerProject.NewFolder();
        using ConsumerProject application = NewApplication(root, hasLibbpf ? "" : ConsumerProject.WithoutLibbpf);
        using ConsumerProject library = NewLibrary(
            root,
            $"""<BpfProgram Include="bpf/flow.bpf.c"{metadata} />{ConsumerProject.WithoutLibbpf}"""
        );
        // Checked against the object, so the library has described it.
        library.Write(
            "Flow.cs",
            "using BpfMaps;\n[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Object = \"flow.bpf.o\", Name = \"flows\")] public struct Flow { public ulong Packets; }"
        );
        application.Write("Program.cs", "Console.WriteLine(FlowMap.Schema.Value);");
        application.Write("own.bpf.o", "not an item of BPF");

        application.Build(["-warnaserror", property]);
        application.Publish("-o", application["published"], property);

        foreach (string folder in (string[])[application["bin/Debug/net10.0"], application["published"]])
        {
            Assert.Equal(isCopied, File.Exists(Path.Combine(folder, "flow.bpf.o")));
            Assert.True(File.Exists(Path.Combine(folder, "own.bpf.o")));
        }
    }

    private static ConsumerProject NewApplication(string root, string items) =>
        new(
            $"""
            <ProjectReference Include="../Library/Library.csproj" />{items}
            <None Include="own.bpf.o" CopyToOutputDirectory="PreserveNewest" Condition="Exists('own.bpf.o')" />
            """,
            Path.Combine(root, "Application"),
            name: "Application"
        );

    private static ConsumerProject NewLibrary(string root, string items)
    {
        Require.Clang();
        ConsumerProject library = new(items, Path.Combine(root, "Library"), "Library", "Library");
        library.Write("bpf/flow.bpf.c", Source("flows", 16));
        return library;
    }

    private static ConsumerProject WithFlow(string items)
    {
        Require.Clang();
        ConsumerProject project = new(items);
        project.Write("bpf/flow.bpf.c", Source("flows", 16));
        return project;
    }

    private static string Source(string map, int capacity) =>
        $$"""
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>

            struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, {{capacity}}); __type(key, __u32); __type(value, __u64); } {{map}} SEC(".maps");
            SEC("raw_tp") int nop(void *ctx) { return 0; }
            char LICENSE[] SEC("license") = "GPL";
            """;
}
