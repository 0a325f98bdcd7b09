using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Shapes;

/// <summary>A type declaration with attributes.</summary>
/// <param name="AttributeNames">The attribute names as written, without qualifiers.</param>
internal sealed record AttributedType(SyntaxReference Declaration, ImmutableArray<string> AttributeNames)
{
    public static AttributedType Of(TypeDeclarationSyntax type) =>
        new(
            type.GetReference(),
            [.. type.AttributeLists.SelectMany(static list => list.Attributes).Select(static attribute => LastName(attribute.Name))]
        );

    /// <summary>Gets whether one of the attributes has a name that matches. C# allows omitting the suffix <c>Attribute</c>.</summary>
    public bool HasAttribute(Func<string, bool> isCalled) => AttributeNames.Any(name => isCalled(name) || isCalled(name + "Attribute"));

    private static string LastName(NameSyntax name) =>
        name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
}
