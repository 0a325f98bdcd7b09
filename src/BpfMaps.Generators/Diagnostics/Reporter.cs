using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Takes what the parser finds. The generator parses with nobody listening: then only <see cref="HasErrors"/> is kept.</summary>
internal sealed class Reporter(Compilation compilation, Location fallback, Action<Diagnostic>? listener)
{
    public bool HasErrors { get; private set; }

    /// <summary>Reports an error. All of the parser's diagnostics are errors: what only deserves a warning has an analyzer of its own.</summary>
    public void Error(DiagnosticDescriptor descriptor, Location? location, params string[] arguments) =>
        Error(descriptor, location, ImmutableDictionary<string, string?>.Empty, arguments);

    public void Error(DiagnosticDescriptor descriptor, Location? location, ImmutableDictionary<string, string?> properties, params string[] arguments)
    {
        HasErrors = true;
        listener?.Invoke(Diagnostic.Create(descriptor, location ?? fallback, properties, arguments));
    }

    /// <summary>Notes an error that the compiler reports, and that needs no second one.</summary>
    public void LeaveToCompiler() => HasErrors = true;

    /// <summary>One that knows the same places, and tells nobody.</summary>
    public Reporter Silent() => new(compilation, fallback, listener: null);

    /// <summary>The place of a symbol in this compilation's source, or where the map is declared if it comes from elsewhere.</summary>
    public Location LocationOf(ISymbol symbol, Location? otherwise = null) =>
        symbol.Locations.FirstOrDefault(l => l.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree)) ?? otherwise ?? fallback;
}
