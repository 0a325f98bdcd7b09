namespace BpfMaps.Tests;

/// <summary>Projects for frameworks that the packages have nothing for.</summary>
public sealed class OlderFrameworkTests(PackageFeed feed)
{
    [Theory]
    [InlineData("BpfMaps", "netstandard2.0")]
    [InlineData("BpfMaps.Libbpf", "netstandard2.0")]
    [InlineData("BpfMaps.InMemory", "netstandard2.1")]
    public void Project_IsToldByItsRestore(string package, string framework)
    {
        using PackageConsumer project = new(
            feed,
            package,
            properties: $"<OutputType>Library</OutputType><LangVersion>latest</LangVersion></PropertyGroup><PropertyGroup><TargetFramework>{framework}</TargetFramework>"
        );
        project.Write("Flow.cs", Flows.Declaration);

        string[] errors = project.BuildErrors();

        Assert.NotEmpty(errors);
        Assert.All(errors, static error => Assert.Contains("error NU1202", error, StringComparison.Ordinal));
        Assert.All(errors, static error => Assert.Contains("net10.0", error, StringComparison.Ordinal));
    }
}
