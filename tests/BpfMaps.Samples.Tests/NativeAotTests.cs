using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of a sample as a native program.</summary>
[Collection(KnownLoad.Collection)]
public sealed class NativeAotTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(9);

    private readonly string _folder = Directory.CreateTempSubdirectory("bpfmaps_aot").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task SyscallTop_IsPublishedWithoutWarningsAndCounts()
    {
        Require.Kernel();
        Require.Libbpf();
        Require.Clang(); // for linking

        await KnownLoad.AssertSyscallTopCountsItAsync(Path.Combine(Publish("SyscallTop"), "SyscallTop"));
    }

    /// <summary>
    /// Publishes a sample and all its dependencies into a new folder, because other builds may use the folders of the projects.
    /// </summary>
    /// <returns>The path of the program.</returns>
    private string Publish(string sample)
    {
        (int exitCode, string output, string errors) = Processes.TryRun(
            new ProcessStartInfo(
                "dotnet",
                [
                    "publish",
                    Programs.SampleFile(sample),
                    "-c",
                    "Release",
                    "-r",
                    RuntimeInformation.RuntimeIdentifier,
                    "-p:PublishAot=true",
                    "-warnaserror",
                    "--artifacts-path",
                    _folder,
                    "-o",
                    Path.Combine(_folder, "out"),
                    "-nodeReuse:false",
                ]
            ),
            s_patience
        );
        Assert.True(exitCode == 0, output + errors);
        return Path.Combine(_folder, "out");
    }
}
