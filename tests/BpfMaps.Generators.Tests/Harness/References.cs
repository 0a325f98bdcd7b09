using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>What test sources are compiled against: the framework that runs the tests, and the runtime.</summary>
internal static class References
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> s_framework = new(LoadFramework);

    public static ImmutableArray<MetadataReference> Framework => s_framework.Value;

    public static MetadataReference Runtime { get; } = MetadataReference.CreateFromFile(typeof(BpfMapAttribute).Assembly.Location);

    public static ImmutableArray<MetadataReference> All => [.. Framework, Runtime];

    private static ImmutableArray<MetadataReference> LoadFramework()
    {
        string folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return [.. trusted.Split(Path.PathSeparator).Where(p => Path.GetDirectoryName(p) == folder).Select(static p => (MetadataReference)MetadataReference.CreateFromFile(p))];
    }
}
