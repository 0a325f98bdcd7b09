using System.Diagnostics;
using BpfMaps.Tests;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace BpfMaps.Tests;

/// <summary>
/// The packages of this repository, packed once per run into a new folder that also contains outputs, intermediate files and installed
/// packages. So nothing interferes with a concurrent build of the repository or with packages of earlier runs.
/// </summary>
public sealed class PackageFeed : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(9);

    // Without spaces: the targets of the native compiler 10.0.12 do not quote the paths of its libraries.
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"bpf-maps-packages-{Guid.NewGuid():N}");

    public PackageFeed()
    {
        Directory.CreateDirectory(_root);
        try
        {
            Log = Pack();
        }
        catch
        {
            Dispose();
            throw;
        }

        File.WriteAllText(
            Path.Combine(_root, "nuget.config"),
            $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Folder}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{Checkout.Metadata("NuGetPackages")}" />
              </fallbackPackageFolders>
            </configuration>
            """
        );
    }

    /// <summary>A version that is not installed on any machine.</summary>
    public string Version { get; } = $"0.1.0-test.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Environment.ProcessId}";

    /// <summary>The output of <c>dotnet pack</c>.</summary>
    public string Log { get; }

    /// <summary>The folder of the packages.</summary>
    public string Folder => Path.Combine(_root, "feed");

    /// <summary>Creates a folder for a consumer, below the configuration that refers to the packages.</summary>
    public string NewFolder() => Path.Combine(_root, "consumers", Guid.NewGuid().ToString("N")[..8]);

    /// <summary>Opens a package.</summary>
    /// <param name="id">The package id, such as BpfMaps.</param>
    /// <param name="extension">nupkg, or snupkg for the symbols.</param>
    internal Package Open(string id, string extension = "nupkg") => new(Path.Combine(Folder, $"{id}.{Version}.{extension}"));

    /// <summary>Makes an SDK process install packages into this run's folder.</summary>
    public void Prepare(ProcessStartInfo start)
    {
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_root, "packages");
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Pack()
    {
        // Without a repository, MinVer has no version to override.
        string version = Path.Exists($"{Checkout.Root}.git") ? "MinVerVersionOverride" : "Version";
        (int exitCode, string output, string errors) = Processes.TryRun(
            new ProcessStartInfo(
                "dotnet",
                [
                    "pack",
                    $"{Checkout.Root}BpfTyped.sln",
                    "-c",
                    "Release",
                    "-o",
                    Folder,
                    "--artifacts-path",
                    Path.Combine(_root, "artifacts"),
                    $"-p:{version}={Version}",
                    "-nodeReuse:false",
                ]
            ),
            s_patience
        );
        Assert.True(exitCode == 0, $"dotnet pack failed:\n{output}{errors}");
        return output + errors;
    }
}
