using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>Blocks that are unit tests: their additional references and their runner.</summary>
internal static class Facts
{
    private static readonly ImmutableArray<string> s_assemblies =
    [
        .. Directory
            .EnumerateFiles(AppContext.BaseDirectory, "xunit.v3.*.dll")
            .Where(static path => !path.Contains("runner", StringComparison.Ordinal)),
    ];

    private static readonly SourcePiece s_runner = new(
        "Facts.cs",
        1,
        """
        foreach (Type type in System.Reflection.Assembly.GetExecutingAssembly().GetTypes())
        {
            foreach (System.Reflection.MethodInfo test in type.GetMethods().Where(method => method.IsDefined(typeof(Xunit.FactAttribute), inherit: true)))
            {
                object? instance = Activator.CreateInstance(type);
                if (test.Invoke(instance, null) is Task running)
                    await running;
                (instance as IDisposable)?.Dispose();
                Console.WriteLine($"passed: {test.Name}");
            }
        }

        """
    );

    /// <summary>Returns whether one of the pieces is a class of unit tests.</summary>
    public static bool Are(IEnumerable<SourcePiece> pieces) =>
        pieces.Any(static piece => piece.Text.Contains("using Xunit;", StringComparison.Ordinal));

    /// <summary>Adds a program that runs all facts; a failing fact ends it.</summary>
    public static IReadOnlyList<SourcePiece> WithRunner(IEnumerable<SourcePiece> pieces) => [.. pieces, s_runner];

    /// <summary>The references of unit tests.</summary>
    public static IEnumerable<MetadataReference> References => s_assemblies.Select(static path => MetadataReference.CreateFromFile(path));

    /// <summary>Returns whether a file of the tests' folder must be in the folder of a program that runs facts.</summary>
    public static bool IsNeeded(string path) => s_assemblies.Contains(path);
}
