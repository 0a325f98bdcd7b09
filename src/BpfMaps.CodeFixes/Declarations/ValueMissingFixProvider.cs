using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Adds a value type to a map class, or changes a class with fields to a struct.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ValueMissingFixProvider)), Shared]
internal sealed class ValueMissingFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.ValueMissing];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (site[DiagnosticProperties.ArgumentValue] is { } value)
            return MapArguments.Set(site, "Value", value, $"Add 'Value = {value}'", nameof(ValueMissingFixProvider));
        // The class has fields and was probably intended as the value.
        return site.Node is ClassDeclarationSyntax declaration && site.Model.GetDeclaredSymbol(declaration, site.Cancellation) is { } type
            ? ClassToStruct.For(site, type)
            : [];
    }
}
