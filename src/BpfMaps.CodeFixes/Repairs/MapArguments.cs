using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BpfMaps.CodeFixes.Repairs;

/// <summary>Edits of the arguments of a <c>[BpfMap]</c>.</summary>
internal static class MapArguments
{
    // The order of arguments in the documentation, in which new arguments are inserted.
    private static readonly string[] s_order =
    [
        "Type",
        "Key",
        "Value",
        "Name",
        "MaxEntries",
        "Flags",
        "MapExtra",
        "KeySize",
        "ValueSize",
        "Object",
        "Inner",
        "ClassName",
    ];

    /// <summary>
    /// Finds the attribute at a diagnostic, on the type at the diagnostic (including its other parts), or on a containing type.
    /// </summary>
    public static AttributeSyntax? AttributeAt(Site site)
    {
        if (site.Node.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute)
            return attribute;
        for (
            BaseTypeDeclarationSyntax? type = site.Node.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>();
            type is not null;
            type = type.Parent as BaseTypeDeclarationSyntax
        )
        {
            if (
                site
                    .Model.GetDeclaredSymbol(type, site.Cancellation)
                    ?.FindMapAttribute()
                    ?.ApplicationSyntaxReference?.GetSyntax(site.Cancellation)
                is AttributeSyntax found
            )
                return found;
        }
        return null;
    }

    public static AttributeArgumentSyntax? Find(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>Adds or changes an argument.</summary>
    /// <param name="value">C# with full names, which are shortened if using directives allow it.</param>
    public static IEnumerable<Repair> Set(Site site, string name, string value, string title, string key)
    {
        if (AttributeAt(site) is { } attribute && site.DocumentOf(attribute) is { } document)
            yield return new(
                title,
                key,
                document,
                (attribute, name),
                e => e.ReplaceNode(attribute, (current, _) => With((AttributeSyntax)current, name, value))
            );
    }

    public static IEnumerable<Repair> Remove(Site site, string name, string key)
    {
        if (AttributeAt(site) is { } attribute && site.DocumentOf(attribute) is { } document && Find(attribute, name) is not null)
            yield return new(
                $"Remove {name}",
                key,
                document,
                (attribute, name),
                e => e.ReplaceNode(attribute, (current, _) => Without((AttributeSyntax)current, name))
            );
    }

    private static AttributeSyntax With(AttributeSyntax attribute, string name, string value)
    {
        ExpressionSyntax expression = SyntaxFactory.ParseExpression(value);
        expression = expression.ReplaceNodes(
            expression.DescendantNodesAndSelf(),
            static (_, node) =>
                node is TypeSyntax or MemberAccessExpressionSyntax ? node.WithAdditionalAnnotations(Simplifier.Annotation) : node
        );
        if (Find(attribute, name) is { } given)
            return attribute.ReplaceNode(given.Expression, expression.WithTriviaFrom(given.Expression));
        AttributeArgumentSyntax argument = SyntaxFactory
            .AttributeArgument(SyntaxFactory.NameEquals(name), null, expression)
            .NormalizeWhitespace();
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.ArgumentList?.Arguments ?? default;
        int place = arguments.TakeWhile(a => IsBefore(a, name)).Count();
        AttributeArgumentListSyntax list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        return attribute.WithArgumentList(list.WithArguments(Insert(arguments, place, argument)));
    }

    private static AttributeSyntax Without(AttributeSyntax attribute, string name)
    {
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.ArgumentList!.Arguments;
        AttributeArgumentSyntax given = Find(attribute, name)!;
        int place = arguments.IndexOf(given);
        bool isFirst = place == 0;
        arguments = arguments.RemoveAt(place);
        if (arguments.Count == 0)
            return attribute.WithArgumentList(null).WithTriviaFrom(attribute);
        if (isFirst)
            arguments = arguments.Replace(arguments[0], arguments[0].WithLeadingTrivia(given.GetLeadingTrivia()));
        return attribute.WithArgumentList(attribute.ArgumentList.WithArguments(arguments));
    }

    // If each argument is on a separate line, so is the new one.
    private static SeparatedSyntaxList<AttributeArgumentSyntax> Insert(
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments,
        int place,
        AttributeArgumentSyntax argument
    )
    {
        if (arguments.Count == 0)
            return SyntaxFactory.SingletonSeparatedList(argument);
        List<SyntaxNodeOrToken> parts = [.. arguments.GetWithSeparators()];
        SyntaxTriviaList after = arguments.SeparatorCount > 0 ? arguments.GetSeparator(0).TrailingTrivia : default;
        SyntaxTrivia gap = after.LastOrDefault(static t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        SyntaxToken comma = SyntaxFactory.Token(
            default,
            SyntaxKind.CommaToken,
            SyntaxFactory.TriviaList(gap.IsKind(SyntaxKind.EndOfLineTrivia) ? gap : SyntaxFactory.Space)
        );
        AttributeArgumentSyntax neighbour = arguments[Math.Min(place, arguments.Count - 1)];
        argument = argument.WithLeadingTrivia(neighbour.GetLeadingTrivia().Where(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)));
        if (place == arguments.Count)
            parts.AddRange([comma, argument]);
        else
            parts.InsertRange(place * 2, [argument, comma]);
        return SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(parts);
    }

    private static bool IsBefore(AttributeArgumentSyntax argument, string name) =>
        Array.IndexOf(s_order, argument.NameEquals?.Name.Identifier.ValueText) < Array.IndexOf(s_order, name);
}
