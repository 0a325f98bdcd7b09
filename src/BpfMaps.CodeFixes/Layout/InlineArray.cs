using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>An inline array to declare next to the field of its type.</summary>
internal sealed class InlineArray
{
    private readonly TypeDeclarationSyntax _container;
    private readonly string _element;
    private readonly int _length;

    private InlineArray(TypeDeclarationSyntax container, string name, string element, int length)
    {
        _container = container;
        _element = element;
        _length = length;
        Name = name;
    }

    public string Name { get; }

    /// <returns><see langword="null"/> if the struct cannot be inserted, because there is no field in a type with a body.</returns>
    public static InlineArray? For(Site site, DeclaredType declared, string element, string tail, int length)
    {
        if (
            declared.Name.Length == 0
            || declared.Owner.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } container
            || container.OpenBraceToken.Span.Length == 0
            || site.Model.GetDeclaredSymbol(container, site.Cancellation) is not { } symbol
        )
        {
            return null;
        }
        string field = declared.Name.TrimStart('_');
        string wanted = (field.Length == 0 ? "" : char.ToUpperInvariant(field[0]) + field.Substring(1)) + tail;
        string name = wanted;
        for (int number = 2; !symbol.GetMembers(name).IsEmpty; number++)
            name = wanted + number.Text();
        return new(container, name, element, length);
    }

    public void AddTo(SyntaxEditor editor, Site site)
    {
        Imports.Ensure(editor, site, _container.SpanStart, "System.Runtime.CompilerServices", "InlineArrayAttribute");
        editor.ReplaceNode(
            _container,
            (current, _) =>
                ((TypeDeclarationSyntax)current).InsertLast(
                    $$"""
                    [InlineArray({{_length.Text()}})]
                    public struct {{Name}}
                    {
                        private {{_element}} _first;
                    }
                    """
                )
        );
    }
}
