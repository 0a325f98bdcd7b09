using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Changes the key of an array to a 4-byte index: removes <c>Key</c>, or sets it if there is a nested struct <c>Key</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IndexKeyFixProvider)), Shared]
internal sealed class IndexKeyFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.IndexNot4Bytes];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (MapArguments.AttributeAt(site) is not { Parent.Parent: TypeDeclarationSyntax target } attribute)
            return [];
        bool hasNested =
            site.Compilation.GetSemanticModel(target.SyntaxTree).GetDeclaredSymbol(target, site.Cancellation)?.GetTypeMembers("Key").IsEmpty
            == false;
        return hasNested || MapArguments.Find(attribute, "Key") is null
            ? MapArguments.Set(site, "Key", "typeof(uint)", "Set Key to 'uint'", nameof(IndexKeyFixProvider) + ".Set")
            : MapArguments.Remove(site, "Key", nameof(IndexKeyFixProvider) + ".Remove");
    }
}
