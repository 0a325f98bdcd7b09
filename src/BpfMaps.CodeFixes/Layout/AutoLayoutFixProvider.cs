using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>Changes <c>LayoutKind.Auto</c> to <c>LayoutKind.Sequential</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AutoLayoutFixProvider)), Shared]
internal sealed class AutoLayoutFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.AutoLayout];

    public override IEnumerable<Repair> Propose(Site site)
    {
        // Without a fix if the attribute is on another part, or the struct is in another assembly.
        MemberAccessExpressionSyntax? auto = (site.Node as TypeDeclarationSyntax)
            ?.AttributeLists.SelectMany(static l => l.Attributes)
            .SelectMany(static a => a.ArgumentList?.Arguments ?? default)
            .Select(static a => a.Expression)
            .OfType<MemberAccessExpressionSyntax>()
            .FirstOrDefault(m =>
                site.Model.GetSymbolInfo(m, site.Cancellation).Symbol?.ToDisplayString() == "System.Runtime.InteropServices.LayoutKind.Auto"
            );
        if (auto is not null)
        {
            yield return new(
                "Use LayoutKind.Sequential",
                nameof(AutoLayoutFixProvider),
                site.Document.Id,
                auto,
                e => e.ReplaceNode(auto.Name, static (current, _) => SyntaxFactory.IdentifierName("Sequential").WithTriviaFrom(current))
            );
        }
    }
}
