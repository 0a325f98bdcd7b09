namespace BpfMaps.Tests;

/// <summary>C headers of C# declarations, in real builds of real projects.</summary>
public sealed class ExportedHeaderTests
{
    private const string Export = "<BpfExportHeader>true</BpfExportHeader>";

    private const string Declarations = """
        using BpfMaps;

        namespace Types;

        /// <summary>The counters of a process.</summary>
        [BpfMap(Type = BpfMapType.Hash, MaxEntries = 64, Key = typeof(uint), Name = "usage_map")]
        public struct Usage
        {
            public ulong Calls;
            public ulong Bytes;
        }
        """;

    private const string Program = """
        #include "Types.bpf.h"

        SEC("raw_tp")
        int count(void *ctx)
        {
        	__u32 pid = bpf_get_current_pid_tgid() >> 32;
        	struct usage *usage = bpf_map_lookup_elem(&usage_map, &pid);

        	if (usage)
        		usage->calls += 1;
        	return 0;
        }

        char LICENSE[] SEC("license") = "GPL";
        """;

    [Fact]
    public void Program_IsCompiledAgainstTheHeaderOfAReferencedProject()
    {
        using Workspace projects = new();

        projects.Application.Build();

        string header = File.ReadAllText(projects.Library["bin/Debug/net10.0/Types.bpf.h"]);
        Assert.Contains("/* Usage: The counters of a process. */", header, StringComparison.Ordinal);
        Assert.Contains(
            "map usage_map type=Hash key=u32 key-size=4 value=struct:usage value-size=16 max-entries=64",
            File.ReadAllText(projects.Application["obj/Debug/net10.0/bpf/count.bpf.layout"]),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(projects.Application["bin/Debug/net10.0/Types.bpf.h"]), "the header is in the output of the application");
    }

    [Fact]
    public void RenamedField_IsAnErrorInTheCThatUsesIt()
    {
        using Workspace projects = new();
        projects.Application.Build();
        projects.Library.Write("Types.cs", Declarations.Replace("Calls", "Requests", StringComparison.Ordinal));

        string[] errors = projects.Application.BuildErrors();

        Assert.Contains(
            errors,
            static error =>
                error.StartsWith("bpf/count.bpf.c(10,", StringComparison.Ordinal)
                && error.Contains("no member named 'calls' in 'struct usage'", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void SecondBuild_WritesAndCompilesNothing()
    {
        using Workspace projects = new();
        projects.Application.Build();
        DateTime[] first = projects.Times();

        projects.Application.Build();

        Assert.Equal(first, projects.Times());
    }

    [Fact]
    public void CodeThatDeclaresNothing_CompilesNoProgram()
    {
        using Workspace projects = new();
        projects.Application.Build();
        DateTime[] first = projects.Times();
        projects.Library.Write("More.cs", "namespace Types; public static class More { public static int Two => 2; }");

        projects.Application.Build();

        Assert.Equal(first, projects.Times());
    }

    [Fact]
    public void DeletedHeader_IsWrittenAgain()
    {
        using Workspace projects = new();
        projects.Library.Build();
        File.Delete(projects.Library["bin/Debug/net10.0/Types.bpf.h"]);

        projects.Library.Build();

        Assert.True(File.Exists(projects.Library["bin/Debug/net10.0/Types.bpf.h"]));
        projects.Library.Clean();
        Assert.False(File.Exists(projects.Library["bin/Debug/net10.0/Types.bpf.h"]));
    }

    [Fact]
    public void ProgramOfTheSameProject_GetsAnErrorThatSaysWhy()
    {
        Require.Clang();
        using ConsumerProject project = new(
            """<BpfProgram Include="bpf/*.bpf.c" />""",
            outputType: "Library",
            name: "Types",
            properties: Export
        );
        project.Write("Types.cs", Declarations);
        project.Write("bpf/count.bpf.c", Program);

        string[] errors = project.BuildErrors();

        Assert.Contains(
            errors,
            static error =>
                error.Contains("BPFMAP102", StringComparison.Ordinal)
                && error.Contains("'bpf/count.bpf.c' includes Types.bpf.h, the header of its own project", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Tool_WritesTheSameHeader()
    {
        using Workspace projects = new();
        projects.Library.Build();

        string text = Processes.Run("dotnet", ConsumerProject.ToolAssembly, "header", projects.Library["bin/Debug/net10.0/Types.dll"]);

        Assert.Equal(File.ReadAllText(projects.Library["bin/Debug/net10.0/Types.bpf.h"]), text);
    }

    [Fact]
    public void Tool_SaysWhatAnAssemblyWithoutHeaderLacks()
    {
        (int exitCode, _, string errors) = Processes.TryRun("dotnet", ConsumerProject.ToolAssembly, "header", ConsumerProject.ToolAssembly);

        Assert.Equal(1, exitCode);
        Assert.Contains("contains no C header; set <BpfExportHeader>true</BpfExportHeader>", errors, StringComparison.Ordinal);
    }

    /// <summary>A library with declarations, one that references it, and an application with a program that references that.</summary>
    private sealed class Workspace : IDisposable
    {
        private readonly string _root = ConsumerProject.NewFolder();
        private readonly ConsumerProject _middle;

        public Workspace()
        {
            Require.Clang();
            Library = new("", Path.Combine(_root, "Types"), "Library", "Types", Export);
            Library.Write("Types.cs", Declarations);
            _middle = new("""<ProjectReference Include="../Types/Types.csproj" />""", Path.Combine(_root, "Middle"), "Library", "Middle");
            Application = new(
                """<ProjectReference Include="../Middle/Middle.csproj" /><BpfProgram Include="bpf/*.bpf.c" />""",
                Path.Combine(_root, "Application"),
                name: "Application"
            );
            Application.Write("bpf/count.bpf.c", Program);
        }

        public ConsumerProject Library { get; }

        public ConsumerProject Application { get; }

        /// <summary>The times of the header and of what is made from it.</summary>
        public DateTime[] Times() =>
            [
                File.GetLastWriteTimeUtc(Library["bin/Debug/net10.0/Types.bpf.h"]),
                File.GetLastWriteTimeUtc(Application["obj/Debug/net10.0/bpf/count.bpf.o"]),
                File.GetLastWriteTimeUtc(Application["obj/Debug/net10.0/bpf/count.bpf.layout"]),
            ];

        public void Dispose()
        {
            Application.Dispose();
            _middle.Dispose();
            Library.Dispose();
            Directory.Delete(_root);
        }
    }
}
