using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Collects errors of the parser. Without a listener, as in the generator, it only sets <see cref="HasErrors"/>.</summary>
internal sealed class Reporter(Compilation compilation, Location fallback, Action<Diagnostic>? listener)
{
    public bool HasErrors { get; private set; }

    /// <summary>Reports an error. The parser reports only errors; warnings come from separate analyzers.</summary>
    public void Error(DiagnosticDescriptor descriptor, Location? location, params string[] arguments) =>
        Error(descriptor, location, ImmutableDictionary<string, string?>.Empty, arguments);

    public void Error(
        DiagnosticDescriptor descriptor,
        Location? location,
        ImmutableDictionary<string, string?> properties,
        params string[] arguments
    )
    {
        HasErrors = true;
        listener?.Invoke(Diagnostic.Create(descriptor, location ?? fallback, properties, arguments));
    }

    /// <summary>Records an error that the compiler already reports.</summary>
    public void LeaveToCompiler() => HasErrors = true;

    /// <summary>Creates a reporter for the same compilation that has no listener.</summary>
    public Reporter Silent() => new(compilation, fallback, listener: null);

    /// <summary>
    /// Gets the location of a symbol in the sources of this compilation, or the location of the map declaration if the symbol is from
    /// elsewhere.
    /// </summary>
    public Location LocationOf(ISymbol symbol, Location? otherwise = null) =>
        symbol.Locations.FirstOrDefault(l => l.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree)) ?? otherwise ?? fallback;
}
