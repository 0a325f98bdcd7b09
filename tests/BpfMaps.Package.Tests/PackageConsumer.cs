using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>A project that references packages, as its author's <c>dotnet new</c> and <c>dotnet add package</c> leave it.</summary>
internal sealed class PackageConsumer : ProjectFolder
{
    private readonly PackageFeed _feed;

    /// <param name="feed">Where the packages are.</param>
    /// <param name="package">The package it references, or "" for none.</param>
    /// <param name="items">Further items of the project file.</param>
    /// <param name="properties">Further properties, such as <c>&lt;OutputType>Library&lt;/OutputType></c>.</param>
    /// <param name="folder">Another folder than one of its own.</param>
    /// <param name="name">The project's name.</param>
    public PackageConsumer(PackageFeed feed, string package, string items = "", string properties = "<OutputType>Exe</OutputType>", string? folder = null, string name = "Consumer")
        : base(folder ?? feed.NewFolder(), name)
    {
        _feed = feed;
        string reference = package == "" ? "" : $"""<PackageReference Include="{package}" Version="{feed.Version}" />""";
        Write($"{name}.csproj", $"""
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
            """);
    }

    protected override void Prepare(ProcessStartInfo start) => _feed.Prepare(start);
}
