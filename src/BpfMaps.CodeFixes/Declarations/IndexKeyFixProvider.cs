using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Makes the key of an array the 4-byte index that it is: removes <c>Key</c>, or sets it where a nested struct would be the key.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IndexKeyFixProvider)), Shared]
internal sealed class IndexKeyFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.IndexNot4Bytes];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (MapArguments.AttributeAt(site) is not { Parent.Parent: TypeDeclarationSyntax target } attribute)
            return [];
        bool hasNested = site.Compilation.GetSemanticModel(target.SyntaxTree).GetDeclaredSymbol(target, site.Cancellation)?.GetTypeMembers("Key").IsEmpty == false;
        return hasNested || MapArguments.Find(attribute, "Key") is null
            ? MapArguments.Set(site, "Key", "typeof(uint)", "Set Key to 'uint'", nameof(IndexKeyFixProvider) + ".Set")
            : MapArguments.Remove(site, "Key", nameof(IndexKeyFixProvider) + ".Remove");
    }
}
