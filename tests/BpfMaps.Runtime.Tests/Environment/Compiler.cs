using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Tests;

/// <summary>Compiles source code against the runtime, for tests of code that the compiler must reject.</summary>
internal static class Compiler
{
    private static readonly string[] s_assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    /// <summary>The references to the framework that runs the tests.</summary>
    public static IReadOnlyList<MetadataReference> Framework { get; } =
    [.. References(static name => name.StartsWith("System", StringComparison.Ordinal))];

    /// <summary>Gets the ids of all errors in the order of the lines.</summary>
    public static IEnumerable<string> Errors(string source) =>
        CSharpCompilation
            .Create(
                "snippet",
                [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp14))],
                [.. Framework, .. References(static name => name == "BpfMaps.Runtime.dll")],
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            )
            .GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => diagnostic.Id);

    private static IEnumerable<MetadataReference> References(Func<string, bool> isWanted) =>
        s_assemblies.Where(path => isWanted(Path.GetFileName(path))).Select(path => MetadataReference.CreateFromFile(path));
}
