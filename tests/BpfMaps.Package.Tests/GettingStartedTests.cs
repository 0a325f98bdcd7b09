using System.Diagnostics;
using BpfMaps.Docs.Tests.Pages;

namespace BpfMaps.Tests;

/// <summary>Tests of the "Getting started" page: executes its commands and writes its files, starting with an empty folder.</summary>
public sealed class GettingStartedTests(PackageFeed feed)
{
    private static readonly Page s_page = Documentation.Page("docs/getting-started.md");

    [Fact]
    public void Page_WorksFromAnEmptyFolder()
    {
        Require.Kernel();
        Require.Clang();
        Require.Libbpf();
        using Reader reader = new(feed);

        reader.Write("nuget.config", Text("nuget.config"));
        Assert.Matches(@"(?m)Counting for 1 s\.\.\.$", reader.Execute(Text("template.sh")));

        reader.Execute(Text("project.sh"));
        reader.Enter("Counter");
        reader.Write("Program.cs", Text("Program.cs"));
        string first = reader.Execute(Text("run.sh"));

        Assert.Contains("Process 1 made 3 calls.\n", first, StringComparison.Ordinal);
        Assert.Contains("\n4711: 1\n", first, StringComparison.Ordinal);

        reader.Execute(Text("libbpf.sh"));
        reader.Write("bpf/counter.bpf.c", Text("bpf/counter.bpf.c"));
        string project = reader.Read("Counter.csproj");
        reader.Write("Counter.csproj", project.Replace("</Project>", Text("items.xml") + "</Project>", StringComparison.Ordinal));
        reader.Write("Program.cs", Text("Program2.cs"));
        string second = reader.Execute(Text("run.sh"));

        Assert.Matches(@"Counting for a second\.\.\.\n(\d+: \d+\n)+$", second);

        reader.Write("bpf/counter.bpf.c", Text("bpf/counter.bpf.c").Replace("__u64 count", "__u32 count", StringComparison.Ordinal));
        string error = string.Join(
            ' ',
            s_page.Prose.Where(static line => line.Text.StartsWith("> ", StringComparison.Ordinal)).Select(static line => line.Text[2..])
        );

        Assert.Contains(error, reader.Fail("dotnet build"), StringComparison.Ordinal);
    }

    private static string Text(string file) => s_page.Blocks.Single(block => block.Words(Mark.File).Contains(file)).Text;

    /// <summary>A shell user in a new folder, with the packages where the page puts them.</summary>
    private sealed class Reader : IDisposable
    {
        private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

        private readonly PackageFeed _feed;
        private readonly string _root = Directory.CreateTempSubdirectory("bpfmaps_reader_").FullName;
        private string _here;

        public Reader(PackageFeed feed)
        {
            _feed = feed;
            _here = _root;
            Directory.CreateDirectory(Path.Combine(_root, "bpftyped"));
            Directory.CreateSymbolicLink(Path.Combine(_root, "bpftyped/artifacts"), feed.Folder);
        }

        public void Enter(string folder) => _here = Path.Combine(_here, folder);

        public string Read(string path) => File.ReadAllText(Path.Combine(_here, path));

        public void Write(string path, string text) => File.WriteAllText(Path.Combine(_here, path), text);

        /// <summary>Executes commands and expects success.</summary>
        /// <returns>The output of the commands.</returns>
        public string Execute(string commands)
        {
            (int exitCode, string output) = Run(commands);
            Assert.True(exitCode == 0, $"{commands}exited with code {exitCode}:\n{output}");
            return output;
        }

        /// <summary>Executes a command and expects failure.</summary>
        /// <returns>The output of the command.</returns>
        public string Fail(string command)
        {
            (int exitCode, string output) = Run(command);
            Assert.True(exitCode != 0, $"{command} did not fail:\n{output}");
            return output;
        }

        public void Dispose() => Directory.Delete(_root, recursive: true);

        private (int ExitCode, string Output) Run(string commands)
        {
            // Root needs no sudo, which may not be installed.
            ProcessStartInfo start = new("sh", ["-e", "-c", commands.Replace("sudo ", "", StringComparison.Ordinal)])
            {
                WorkingDirectory = _here,
            };
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // Build nodes that outlive the build would lock the folder.
            start.Environment["UseSharedCompilation"] = "false";
            start.Environment["DOTNET_CLI_HOME"] = Path.Combine(_root, ".home"); // Templates are installed in it.
            _feed.Prepare(start);
            (int exitCode, string output, string errors) = Processes.TryRun(start, s_patience);
            return (exitCode, output + errors);
        }
    }
}
