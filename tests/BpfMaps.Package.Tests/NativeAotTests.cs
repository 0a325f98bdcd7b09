using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of a consumer of the packages as a native program.</summary>
public sealed class NativeAotTests(PackageFeed feed)
{
    [Fact]
    public void Program_IsPublishedWithoutWarningsAndRuns()
    {
        Require.Kernel();
        Require.Clang();
        Require.Libbpf();
        using PackageConsumer project = new(
            feed,
            "BpfMaps.Libbpf",
            Flows.Item,
            "<OutputType>Exe</OutputType><PublishAot>true</PublishAot>"
        );
        Flows.WriteTo(project);
        project.Write("Program.cs", Flows.Use);

        project.Publish("-r", RuntimeInformation.RuntimeIdentifier, "-warnaserror", "-o", project["out"]);

        Assert.Equal(
            ["Consumer", "Consumer.dbg", "flow.bpf.o"],
            Directory.EnumerateFiles(project["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Equal(Flows.Used, Processes.Run(project["out/Consumer"]));
    }
}
