using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>A project that references packages, as created by <c>dotnet new</c> and <c>dotnet add package</c>.</summary>
internal sealed class PackageConsumer : ProjectFolder
{
    private readonly PackageFeed _feed;

    /// <param name="feed">The feed of the packages.</param>
    /// <param name="package">The package to reference, or "" for none.</param>
    /// <param name="items">Additional items of the project file.</param>
    /// <param name="properties">Additional properties, such as <c>&lt;OutputType>Library&lt;/OutputType></c>.</param>
    /// <param name="folder">The folder; <see langword="null"/> for a new one.</param>
    /// <param name="name">The name of the project.</param>
    public PackageConsumer(
        PackageFeed feed,
        string package,
        string items = "",
        string properties = "<OutputType>Exe</OutputType>",
        string? folder = null,
        string name = "Consumer"
    )
        : base(folder ?? feed.NewFolder(), name)
    {
        _feed = feed;
        string reference = package == "" ? "" : $"""<PackageReference Include="{package}" Version="{feed.Version}" />""";
        Write(
            $"{name}.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {reference}
                {items}
              </ItemGroup>
            </Project>
            """
        );
    }

    protected override void Prepare(ProcessStartInfo start) => _feed.Prepare(start);
}
