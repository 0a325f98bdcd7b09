namespace BpfMaps.Tests;

/// <summary>Messages of the build if a program cannot contain libbpf. The tests of the samples publish one that does.</summary>
public sealed class StaticLibbpfTests
{
    [Theory]
    [InlineData("libelf.a", "libbpf.a", "libbpf-dev")]
    [InlineData("libbpf.a", "libelf.a", "libelf-dev")]
    public void MissingLibrary_IsAnErrorWithItsPackage(string present, string missing, string package)
    {
        using ConsumerProject project = new("");
        project.Write($"libraries/{present}", "");

        string error = Assert.Single(Errors(project));

        Assert.Contains($"error BPFMAP106: The static library {missing} was not found in ", error, StringComparison.Ordinal);
        Assert.Contains("libraries, /nowhere, and", error, StringComparison.Ordinal);
        Assert.Contains($"Debian and Ubuntu: {package};", error, StringComparison.Ordinal);
    }

    [Fact]
    public void SystemZlib_IsNeededIfTheCompilersIsNotUsed()
    {
        using ConsumerProject project = new("");
        project.Write("libraries/libbpf.a", "");
        project.Write("libraries/libelf.a", "");

        Assert.Contains("zlib1g-dev", Assert.Single(Errors(project, "-p:UseSystemZlib=true")), StringComparison.Ordinal);
    }

    [Fact]
    public void PublishingWithoutNativeAot_IsAnError()
    {
        using ConsumerProject project = new("");

        string error = Assert.Single(project.PublishErrors("-p:BpfStaticLibbpf=true"));

        Assert.Contains("error BPFMAP106: BpfStaticLibbpf requires PublishAot", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NeedsNoStaticLibrary()
    {
        using ConsumerProject project = new("");

        project.Build("-p:BpfStaticLibbpf=true", "-p:BpfStaticLibbpfPath=/nowhere");

        Assert.Equal("built\n", project.RunBuilt());
    }

    private static string[] Errors(ConsumerProject project, params string[] arguments) =>
        project.BuildErrors([
            "-restore:false",
            "-t:BpfFindStaticLibbpf",
            "-p:BpfStaticLibbpf=true",
            $"-p:BpfStaticLibbpfPath={project["libraries"]}%3b/nowhere",
            .. arguments,
        ]);
}
