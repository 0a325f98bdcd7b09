using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Use;

/// <summary>Adds <c>using</c> to the declaration of a map variable.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DisposeFixProvider)), Shared]
internal sealed class DisposeFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.MapNotDisposed];

    public override IEnumerable<Repair> Propose(Site site)
    {
        // Not in switch sections, where C# does not allow 'using', and not with several variables, to all of which it would apply.
        if (
            site.Node
                is VariableDeclaratorSyntax
                {
                    Parent: VariableDeclarationSyntax
                    {
                        Variables.Count: 1,
                        Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement
                    }
                } variable
            && site.Model.GetDeclaredSymbol(variable, site.Cancellation) is ILocalSymbol local
            && !IsReplaced(local, statement, site)
        )
        {
            yield return new(
                $"Declare '{local.Name}' with 'using'",
                nameof(DisposeFixProvider),
                site.Document.Id,
                statement,
                e => e.ReplaceNode(statement, static (current, _) => WithUsing((LocalDeclarationStatementSyntax)current))
            );
        }
    }

    // A using variable cannot be assigned.
    private static bool IsReplaced(ILocalSymbol local, LocalDeclarationStatementSyntax statement, Site site) =>
        statement.Parent is { } scope
        && (scope is GlobalStatementSyntax ? site.Root : scope)
            .DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Any(n =>
                n.Identifier.ValueText == local.Name
                && n.Parent is AssignmentExpressionSyntax or ArgumentSyntax
                && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(n, site.Cancellation).Symbol, local)
                && ReadOnlyUse.IsWritten(n, site.Model, site.Cancellation)
            );

    private static LocalDeclarationStatementSyntax WithUsing(LocalDeclarationStatementSyntax statement)
    {
        SyntaxToken keyword = SyntaxFactory.Token(
            statement.GetLeadingTrivia(),
            SyntaxKind.UsingKeyword,
            SyntaxFactory.TriviaList(SyntaxFactory.Space)
        );
        return statement.WithoutLeadingTrivia().WithUsingKeyword(keyword);
    }
}
