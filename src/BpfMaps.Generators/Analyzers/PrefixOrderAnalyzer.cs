using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Suggests network byte order for the data of trie keys: the kernel matches prefixes from the first byte on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PrefixOrderAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LayoutDescriptors.PrefixInHostOrder];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        if (
            ParsedMap.Find((INamedTypeSymbol)context.Symbol, context.Compilation)
                is not { Spec: not null, Declaration: { Kind.Keys: MapKeyRule.Prefix } declaration }
            || declaration.Attribute.Key is not INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } key
            || BetterFor(arguments[0]) is not { } better
        )
        {
            return;
        }
        context.ReportDiagnostic(
            Diagnostic.Create(
                LayoutDescriptors.PrefixInHostOrder,
                declaration.Attribute.LocationOfValue("Key"),
                DiagnosticProperties.Of(
                    (DiagnosticProperties.FieldTypeKind, arguments[0].MessageName()),
                    (DiagnosticProperties.SuggestedType, "global::BpfMaps." + better)
                ),
                key.MessageName(),
                arguments[0].MessageName(),
                better
            )
        );
    }

    private static string? BetterFor(ITypeSymbol data) =>
        data.SpecialType switch
        {
            SpecialType.System_UInt16 or SpecialType.System_Int16 => "Be16",
            SpecialType.System_UInt32 or SpecialType.System_Int32 => "Be32",
            SpecialType.System_UInt64 or SpecialType.System_Int64 => "Be64",
            SpecialType.None when data.IsInSystem("UInt128") || data.IsInSystem("Int128") => "Bytes16",
            _ => null,
        };
}
