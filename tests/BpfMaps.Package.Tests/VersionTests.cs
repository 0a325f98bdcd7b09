using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>Tests of the version of the packages, with a repository that contains what determines it.</summary>
public sealed class VersionTests : IDisposable
{
    private const string Project = "src/BpfMaps.Libbpf/BpfMaps.Libbpf.csproj";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"bpfmaps_version_{Guid.NewGuid():N}");

    public VersionTests()
    {
        Require.That(Processes.TryRun("git", "--version").ExitCode == 0, "git", "git is not installed (Debian: git)");
        foreach (
            string file in new[]
            {
                "Directory.Build.props",
                "Directory.Packages.props",
                "src/Directory.Build.props",
                "src/Directory.Build.targets",
                "src/BpfMaps.Runtime/BpfMaps.Runtime.csproj",
                "src/BpfMaps.Runtime/Package.targets",
                Project,
            }
        )
        {
            string copy = Path.Combine(_folder, "source", file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy($"{Checkout.Root}{file}", copy);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SourcesWithoutARepository_HaveTheFirstVersion() => Assert.Equal("0.1.0-alpha.0", VersionOf("source"));

    [Fact]
    public void RepositoryOnAMachineWithoutGit_HasTheFirstVersion()
    {
        Git("source", "init", "--quiet");
        Commit("source");
        Git("source", "tag", "v1.2.3");

        Assert.Equal("0.1.0-alpha.0", VersionOf("source", searchPath: _folder));
    }

    [Fact]
    public void RepositoryAroundTheSources_DoesNotAffectTheVersion()
    {
        Git(".", "init", "--quiet");
        Commit(".");
        Git(".", "tag", "v7.0.0");

        Assert.Equal("0.1.0-alpha.0", VersionOf("source"));
    }

    [Fact]
    public void Commits_AreCountedFromTheLastTag()
    {
        Git("source", "init", "--quiet");
        Commit("source");
        Commit("source");
        Assert.Equal("0.1.0-alpha.0.1", VersionOf("source"));

        Git("source", "tag", "v1.2.3");
        Assert.Equal("1.2.3", VersionOf("source"));

        Commit("source");
        Assert.Equal("1.2.4-alpha.0.1", VersionOf("source"));
    }

    [Fact]
    public void ShallowClone_HasAVersion()
    {
        Git("source", "init", "--quiet");
        Commit("source");
        Commit("source");
        Git(".", "clone", "--quiet", "--depth", "1", $"file://{_folder}/source", "clone");

        Assert.StartsWith("0.1.0-alpha.0", VersionOf("clone"), StringComparison.Ordinal);
    }

    /// <param name="folder">The folder of the sources.</param>
    /// <param name="searchPath">The search path for programs, if it is not that of the tests.</param>
    private string VersionOf(string folder, string? searchPath = null)
    {
        string project = Path.Combine(_folder, folder, Project);
        ProcessStartInfo start = new(
            "dotnet",
            ["msbuild", project, "-restore", "-t:_GetProjectVersion", "-getProperty:PackageVersion", "-warnaserror", "-nodeReuse:false"]
        );
        if (searchPath is not null)
            start.Environment["PATH"] = searchPath;
        (int exitCode, string output, string errors) = Processes.TryRun(start, s_patience);
        Assert.True(exitCode == 0, output + errors);
        return output.Trim();
    }

    private void Commit(string folder)
    {
        Git(folder, "add", "--all");
        Git(
            folder,
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "commit.gpgsign=false",
            "commit",
            "--quiet",
            "--allow-empty",
            "--message",
            "One more"
        );
    }

    private void Git(string folder, params string[] arguments) => Processes.Run("git", ["-C", Path.Combine(_folder, folder), .. arguments]);
}
