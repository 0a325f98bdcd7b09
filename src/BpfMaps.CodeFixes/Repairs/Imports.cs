using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace BpfMaps.CodeFixes.Repairs;

/// <summary>Adds using directives for types that are not in scope.</summary>
internal static class Imports
{
    public static void Ensure(SyntaxEditor editor, Site site, int position, string space, string typeName)
    {
        bool isInSight = site
            .Model.LookupNamespacesAndTypes(position, name: typeName)
            .OfType<INamedTypeSymbol>()
            .Any(t => t.ContainingNamespace.ToDisplayString() == space);
        if (!isInSight && site.Root is CompilationUnitSyntax root)
            editor.ReplaceNode(root, (current, _) => With((CompilationUnitSyntax)current, space));
    }

    private static CompilationUnitSyntax With(CompilationUnitSyntax unit, string space)
    {
        if (unit.Usings.Any(u => IsPlain(u) && u.Name!.ToString() == space))
            return unit;
        SyntaxTrivia newLine = Members.NewLineOf(unit);
        UsingDirectiveSyntax added = SyntaxFactory
            .UsingDirective(SyntaxFactory.ParseName(space))
            .NormalizeWhitespace()
            .WithTrailingTrivia(newLine);
        if (unit.Usings.Count == 0)
            return unit.AddUsings(added.WithTrailingTrivia(newLine, newLine));

        // After global directives, and among those of System, which come first.
        int place = unit
            .Usings.TakeWhile(u =>
                !u.GlobalKeyword.IsKind(SyntaxKind.None)
                || (IsPlain(u) && IsInSystem(u) && string.CompareOrdinal(u.Name!.ToString(), space) < 0)
            )
            .Count();
        if (place > 0)
            return unit.WithUsings(unit.Usings.Insert(place, added));
        // A file header stays at the top.
        UsingDirectiveSyntax first = unit.Usings[0];
        added = added.WithLeadingTrivia(first.GetLeadingTrivia());
        return unit.WithUsings(unit.Usings.Replace(first, first.WithLeadingTrivia()).Insert(0, added));
    }

    private static bool IsPlain(UsingDirectiveSyntax directive) =>
        directive.Alias is null && directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.Name is not null;

    private static bool IsInSystem(UsingDirectiveSyntax directive) =>
        directive.Name!.ToString() is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));
}
