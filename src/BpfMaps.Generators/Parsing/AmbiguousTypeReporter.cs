using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>
/// Reports the errors of all declarations if the <c>Type</c> of one is ambiguous, such as <c>Array</c> with <c>using static</c> and
/// <c>System</c> (CS0229).
/// </summary>
/// <remarks>
/// The compiler stops at such an error before it runs analyzers, so a build would report nothing else. Generators have run by then. Editors
/// run the analyzers anyway, and skip generator outputs that only builds need.
/// </remarks>
internal static class AmbiguousTypeReporter
{
    public static void Report(Compilation compilation, Action<Diagnostic> report, CancellationToken cancellation)
    {
        List<INamedTypeSymbol> declared = [.. DeclarationFinder.Find(compilation, cancellation)];
        if (
            !declared.Exists(type =>
                type.FindMapAttribute() is { } attribute && new MapAttribute(attribute, cancellation).IsUnbound("Type")
            )
        )
            return;
        foreach (INamedTypeSymbol type in declared)
        {
            if (type.FindMapAttribute() is { } attribute)
                MapParser.Parse(type, attribute, compilation, report, cancellation);
        }
    }
}
