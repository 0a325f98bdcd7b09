using System.Diagnostics;
using System.Text.Json;

namespace BpfMaps.Tests;

/// <summary>A user's project in a new folder outside the repository, which the SDK can build, publish, pack and run.</summary>
internal abstract class ProjectFolder : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly string _root;
    private readonly string _name;

    /// <param name="root">The folder, which is deleted on disposal.</param>
    /// <param name="name">The name of the project.</param>
    protected ProjectFolder(string root, string name)
    {
        _root = root;
        _name = name;
        Directory.CreateDirectory(root);
    }

    public string ProjectFile => this[$"{_name}.csproj"];

    public string this[string path] => Path.Combine(_root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
    }

    public void Restore() => Succeed("restore");

    /// <summary>Builds the project and expects success.</summary>
    /// <returns>The output of the build.</returns>
    public string Build(params string[] arguments) => Succeed("build", arguments);

    /// <summary>Publishes the project and expects success.</summary>
    /// <returns>The output of the build.</returns>
    public string Publish(params string[] arguments) => Succeed("publish", arguments);

    /// <summary>Packs the project and expects success.</summary>
    /// <returns>The output of the build.</returns>
    public string Pack(params string[] arguments) => Succeed("pack", arguments);

    /// <summary>Builds the project and expects failure.</summary>
    /// <returns>The distinct errors, without the project's name.</returns>
    public string[] BuildErrors(params string[] arguments) => Fail("build", arguments);

    /// <summary>Publishes the project and expects failure.</summary>
    /// <returns>The distinct errors, without the project's name.</returns>
    public string[] PublishErrors(params string[] arguments) => Fail("publish", arguments);

    private string[] Fail(string command, string[] arguments)
    {
        (int exitCode, string output) = Run(command, arguments);
        Assert.True(exitCode != 0, $"dotnet {command} did not fail:\n{output}");
        return
        [
            .. output
                .Split('\n')
                .Where(line => line.Contains(": error ", StringComparison.Ordinal))
                .Select(line =>
                    line[..(line.LastIndexOf(" [", StringComparison.Ordinal) is >= 0 and var end ? end : line.Length)]
                        .Replace(_root + "/", "", StringComparison.Ordinal)
                        .Trim()
                )
                .Distinct(),
        ];
    }

    /// <summary>Evaluates the project and gives the full paths of an item's values.</summary>
    public string[] Evaluate(string item)
    {
        string output = Succeed("msbuild", $"-getItem:{item}");
        using JsonDocument items = JsonDocument.Parse(output);
        return
        [
            .. items
                .RootElement.GetProperty("Items")
                .GetProperty(item)
                .EnumerateArray()
                .Select(static value => value.GetProperty("FullPath").GetString()!),
        ];
    }

    public void Clean() => Succeed("clean");

    /// <summary>Runs the program of the last build.</summary>
    /// <returns>The output of the program.</returns>
    public string RunBuilt() => Processes.Run("dotnet", this[$"bin/Debug/net10.0/{_name}.dll"]);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Additional environment variables of the SDK's process.</summary>
    protected virtual void Prepare(ProcessStartInfo start) { }

    private string Succeed(string command, params string[] arguments)
    {
        (int exitCode, string output) = Run(command, arguments);
        Assert.True(exitCode == 0, $"dotnet {command} failed:\n{output}");
        return output;
    }

    private (int ExitCode, string Output) Run(string command, string[] arguments)
    {
        // Build nodes that outlive the build would lock the folder, and the compiler server would lock our analyzers.
        ProcessStartInfo start = new(
            "dotnet",
            [command, ProjectFile, .. arguments, "-nodeReuse:false", "-p:UseSharedCompilation=false", "-clp:NoSummary"]
        );
        Prepare(start);
        (int exitCode, string output, string errors) = Processes.TryRun(start, s_patience);
        return (exitCode, output + errors);
    }
}
