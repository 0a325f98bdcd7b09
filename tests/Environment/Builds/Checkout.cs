using System.Reflection;

namespace BpfMaps.Tests;

/// <summary>The repository that these tests were built in.</summary>
internal static class Checkout
{
    /// <summary>Its folder, with a slash at the end.</summary>
    public static string Root { get; } = Metadata("Repository");

    /// <summary>Debug or Release.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>What the project file wrote into the assembly.</summary>
    public static string Metadata(string key) =>
        typeof(Checkout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
