using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>Makes a struct of <c>LayoutKind.Auto</c> sequential.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AutoLayoutFixProvider)), Shared]
internal sealed class AutoLayoutFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.AutoLayout];

    public override IEnumerable<Repair> Propose(Site site)
    {
        // The attribute may be on another part, or the struct in another assembly: then there is nothing here to change.
        MemberAccessExpressionSyntax? auto = (site.Node as TypeDeclarationSyntax)?.AttributeLists
            .SelectMany(static l => l.Attributes)
            .SelectMany(static a => a.ArgumentList?.Arguments ?? default)
            .Select(static a => a.Expression).OfType<MemberAccessExpressionSyntax>()
            .FirstOrDefault(m => site.Model.GetSymbolInfo(m, site.Cancellation).Symbol?.ToDisplayString() == "System.Runtime.InteropServices.LayoutKind.Auto");
        if (auto is not null)
        {
            yield return new(
                "Use LayoutKind.Sequential",
                nameof(AutoLayoutFixProvider),
                site.Document.Id,
                auto,
                e => e.ReplaceNode(auto.Name, static (current, _) => SyntaxFactory.IdentifierName("Sequential").WithTriviaFrom(current)));
        }
    }
}
