using System.Collections.Immutable;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>
/// Suppresses warnings about unused, unassigned and visible fields for the fields of keys and values: the kernel and BPF programs
/// read and write them, padding fields only take up space, and their layout is what the type is for.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LaidOutFieldSuppressor : DiagnosticSuppressor
{
    private const string Justification = "The field is part of the key or value of a BPF map, which the kernel reads and writes.";

    private static readonly ImmutableDictionary<string, SuppressionDescriptor> s_descriptors = new[]
    {
        "CS0169",
        "CS0414",
        "CS0649",
        "IDE0044",
        "IDE0051",
        "IDE0052",
        "CA1051",
        "CA1823",
    }.ToImmutableDictionary(static id => id, static id => new SuppressionDescriptor("BPFMAPS_" + id, id, Justification));

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [.. s_descriptors.Values];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        HashSet<ITypeSymbol>? laidOut = null;
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;
            SyntaxNode node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            if (
                context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken)
                is not IFieldSymbol { IsStatic: false } field
            )
                continue;

            laidOut ??= FindLaidOutTypes(context.Compilation, context.CancellationToken);
            if (laidOut.Contains(field.ContainingType.OriginalDefinition))
                context.ReportSuppression(Suppression.Create(s_descriptors[diagnostic.Id], diagnostic));
        }
    }

    /// <summary>Finds the structs of this compilation that are keys or values of maps, or parts of them.</summary>
    private static HashSet<ITypeSymbol> FindLaidOutTypes(Compilation compilation, CancellationToken cancellation)
    {
        HashSet<ITypeSymbol> found = new(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol type in DeclarationFinder.Find(compilation, cancellation))
        {
            if (ParsedMap.Find(type, compilation) is not { Declaration: { } declaration })
                continue;
            Add(KeyRules.FindKey(declaration));
            Add(ValueRules.FindValue(declaration));
        }

        return found;

        // A list instead of recursion: these types may have errors, and may be nested more deeply than the stack allows.
        void Add(ITypeSymbol? whole)
        {
            Stack<ITypeSymbol?> rest = new([whole]);
            while (rest.Count > 0)
            {
                if (rest.Pop() is not INamedTypeSymbol { TypeKind: TypeKind.Struct } named || !found.Add(named.OriginalDefinition))
                    continue;
                foreach (ITypeSymbol argument in named.TypeArguments)
                    rest.Push(argument);
                foreach (IFieldSymbol field in StructLayoutInfo.Read(named).Fields)
                    rest.Push(field.Type);
            }
        }
    }
}
