using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Parsing;

/// <summary>
/// Reads the summaries of documentation comments. The compiler parses the comments only if it writes a documentation file.
/// </summary>
internal static class DocumentationSummary
{
    private const string Mark = "///";

    /// <returns>Empty if there is no summary, or if the comment is not valid XML.</returns>
    public static string Of(ISymbol symbol, CancellationToken cancellation)
    {
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            SyntaxNode node = reference.GetSyntax(cancellation);
            string text = Summary(node is VariableDeclaratorSyntax { Parent.Parent: { } field } ? field : node);
            if (text.Length > 0)
                return text;
        }
        return "";
    }

    private static string Summary(SyntaxNode node)
    {
        IEnumerable<string> lines = node.GetLeadingTrivia()
            .SelectMany(static trivia => trivia.ToFullString().Split('\n'))
            .Select(static line => line.Trim())
            .Where(static line => line.StartsWith(Mark, StringComparison.Ordinal))
            .Select(static line => line.Substring(Mark.Length));
        string xml = string.Join("\n", lines);
        if (xml.Length == 0)
            return "";
        try
        {
            XElement root = XElement.Parse($"<doc>{xml}</doc>");
            return root.Element("summary") is { } summary ? Regex.Replace(Text(summary), @"\s+", " ").Trim() : "";
        }
        catch (XmlException)
        {
            return ""; // The compiler reports it.
        }
    }

    private static string Text(XElement element) =>
        string.Concat(
            element
                .Nodes()
                .Select(static node =>
                    node switch
                    {
                        XText text => text.Value,
                        XElement { IsEmpty: true } reference => Reference(reference),
                        XElement inner => Text(inner),
                        _ => "",
                    }
                )
        );

    private static string Reference(XElement element)
    {
        string name = element.Attributes().Select(static attribute => attribute.Value).FirstOrDefault() ?? "";
        return name.Split('.').Last();
    }
}
