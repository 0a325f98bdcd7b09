using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports the structs in a key or value that have padding.</summary>
internal static class PaddingAnalysis
{
    public static void Analyze(SymbolAnalysisContext context, DiagnosticDescriptor descriptor, Func<MapDeclaration, ITypeSymbol?> part)
    {
        if (
            ParsedMap.Find((INamedTypeSymbol)context.Symbol, context.Compilation) is not { Spec: not null, Declaration: { } declaration }
            || part(declaration) is not { } type
        )
            return;
        LayoutParser layouts = new(declaration.Runtime, declaration.Reporter, context.CancellationToken);
        HashSet<ITypeSymbol> seen = new(SymbolEqualityComparer.Default);
        Visit(type);

        void Visit(ITypeSymbol visited)
        {
            if (
                visited is not INamedTypeSymbol { TypeKind: TypeKind.Struct } named
                || !seen.Add(visited)
                || layouts.Parse(visited, declaration.Place) is not { IsComposite: true } layout
            )
                return;
            if (named.IsRuntimeType(declaration.Runtime))
            {
                foreach (ITypeSymbol argument in named.TypeArguments)
                    Visit(argument);
                return;
            }
            if (Padding.Own(layout) is { Count: > 0 } gaps)
                context.ReportDiagnostic(Create(descriptor, declaration, named, layout, gaps));
            foreach (IFieldSymbol field in StructLayoutInfo.Read(named).Fields)
                Visit(field.Type);
        }
    }

    private static Diagnostic Create(
        DiagnosticDescriptor descriptor,
        MapDeclaration declaration,
        INamedTypeSymbol type,
        TypeLayout layout,
        IReadOnlyList<Gap> gaps
    )
    {
        bool isExplicit = StructLayoutInfo.Read(type).Kind == System.Runtime.InteropServices.LayoutKind.Explicit;
        return Diagnostic.Create(
            descriptor,
            declaration.Reporter.LocationOf(type),
            DiagnosticProperties.Of(
                (DiagnosticProperties.TypeName, type.Name),
                (DiagnosticProperties.PaddingOffsets, string.Join(",", gaps.Select(static g => g.Offset.Text()))),
                (DiagnosticProperties.PaddingLengths, string.Join(",", gaps.Select(static g => g.Length.Text()))),
                (DiagnosticProperties.PaddingAfter, string.Join(",", gaps.Select(static g => g.After ?? ""))),
                (DiagnosticProperties.ExplicitLayout, isExplicit ? "true" : null)
            ),
            layout.DisplayName,
            layout.Size.Text(),
            LayoutDescription.Bytes(gaps.Sum(static g => g.Length)),
            string.Join(", ", gaps.Select(static g => g.After is null ? g.ToString() : $"{g} (after {g.After})"))
        );
    }
}
