using System.Reflection;

namespace BpfMaps.Tests;

/// <summary>The repository that these tests were built in.</summary>
internal static class Checkout
{
    /// <summary>The folder of the repository, with a trailing slash.</summary>
    public static string Root { get; } = Metadata("Repository");

    /// <summary>The build configuration: Debug or Release.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>Gets metadata that the project file added to the assembly.</summary>
    public static string Metadata(string key) =>
        typeof(Checkout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
