using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>A folder that <c>dotnet new</c> has filled from the template package, which is installed for this project only.</summary>
internal sealed class TemplateProject : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly PackageFeed _feed;
    private readonly string _folder;

    public TemplateProject(PackageFeed feed, string template, string name)
    {
        _feed = feed;
        _folder = feed.NewFolder();
        Directory.CreateDirectory(_folder);
        Execute("new", "install", Path.Combine(feed.Folder, $"BpfMaps.Templates.{feed.Version}.nupkg"));
        Execute("new", template, "--name", name, "--output", _folder);
    }

    public string this[string path] => Path.Combine(_folder, path);

    /// <summary>Executes a command of the SDK and expects success.</summary>
    /// <returns>The output of the command.</returns>
    public string Execute(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = _folder };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // Build nodes that outlive the build would lock the folder.
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_HOME"] = _folder + ".home"; // Templates are installed in it.
        _feed.Prepare(start);
        (int exitCode, string output, string errors) = Processes.TryRun(start, s_patience);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} failed:\n{output}{errors}");
        return output + errors;
    }

    public (int ExitCode, string Output, string Errors) RunBuilt(string assembly, params string[] arguments) =>
        Processes.TryRun(new ProcessStartInfo("dotnet", [this[assembly], .. arguments]), s_patience);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_folder + ".home", recursive: true);
    }
}
