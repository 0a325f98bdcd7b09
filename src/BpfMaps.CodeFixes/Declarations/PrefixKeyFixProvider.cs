using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Changes the key of a trie to an <c>LpmKey</c> with the former key as its data.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PrefixKeyFixProvider)), Shared]
internal sealed class PrefixKeyFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.PrefixKeyExpected];

    public override IEnumerable<Repair> Propose(Site site)
    {
        // Without a suggestion, the key is already an LpmKey, and its data is too long.
        if (site[DiagnosticProperties.SuggestedType] is null || MapArguments.AttributeAt(site) is not { } attribute)
            return [];
        string data = "global::BpfMaps.Be32";
        if (MapArguments.Find(attribute, "Key")?.Expression is TypeOfExpressionSyntax { Type: var given })
            data = given.ToString();
        else if (
            site.Node is BaseTypeDeclarationSyntax nested
            && site.Model.GetDeclaredSymbol(nested, site.Cancellation) is ITypeSymbol key
        )
            data = key.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return MapArguments.Set(
            site,
            "Key",
            $"typeof(global::BpfMaps.LpmKey<{data}>)",
            "Make the key an LpmKey",
            nameof(PrefixKeyFixProvider)
        );
    }
}
