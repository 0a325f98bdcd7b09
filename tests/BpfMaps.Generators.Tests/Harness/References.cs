using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>The references of test compilations: the framework of the tests and the runtime library.</summary>
internal static class References
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> s_all = new(Load);

    public const string LibbpfName = "BpfMaps.Libbpf";

    public static ImmutableArray<MetadataReference> All => s_all.Value;

    private static ImmutableArray<MetadataReference> Load()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return
        [
            .. trusted
                .Split(Path.PathSeparator)
                .Where(p => Path.GetDirectoryName(p) == framework || p.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal))
                .Select(static p => MetadataReference.CreateFromFile(p)),
            MetadataReference.CreateFromFile(typeof(BpfMapAttribute).Assembly.Location),
            // Code for objects needs BpfMaps.Libbpf.
            .. new[]
            {
                LibbpfName,
                "BpfMaps.Hosting",
                "BpfMaps.InMemory",
                "BpfMaps.Metrics",
                "BpfMaps.Metrics.AspNetCore",
                "BpfMaps.Queries",
                "BpfMaps.Symbols",
            }
                .Select(static name => Path.Combine(AppContext.BaseDirectory, name + ".dll"))
                .Where(File.Exists)
                .Select(static p => MetadataReference.CreateFromFile(p)),
        ];
    }
}
