using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>
/// The errors of declarations beside one whose <c>Type</c> the compiler cannot tell, as <c>Array</c> under <c>using static</c> beside System's (CS0229).
/// </summary>
/// <remarks>
/// A compiler that finds such an error stops before it runs analyzers, so that a build would say nothing else. A generator has run by then. An editor runs
/// the analyzers all the same, and asks no generator for what only a build needs.
/// </remarks>
internal static class AmbiguousTypes
{
    public static void Report(Compilation compilation, Action<Diagnostic> report, CancellationToken cancellation)
    {
        List<INamedTypeSymbol> declared = [.. DeclarationFinder.Find(compilation, cancellation)];
        if (!declared.Exists(type => type.FindMapAttribute() is { } attribute && new MapAttribute(attribute, cancellation).IsUnbound("Type")))
            return;
        foreach (INamedTypeSymbol type in declared)
        {
            if (type.FindMapAttribute() is { } attribute)
                MapParser.Parse(type, attribute, compilation, report, cancellation);
        }
    }
}
