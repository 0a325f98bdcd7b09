using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>The type that a diagnostic on a field, key or value reports, in the source.</summary>
/// <param name="Owner">The declarator, property or parameter of the type, or the <c>typeof</c> expression.</param>
internal sealed record DeclaredType(TypeSyntax Syntax, ITypeSymbol Symbol, SyntaxNode Owner)
{
    /// <returns>
    /// <see langword="null"/> if the source names another type, because the field is in a generic struct or in another assembly.
    /// </returns>
    public static DeclaredType? At(Site site)
    {
        (TypeSyntax? syntax, SyntaxNode owner) = site.Node switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: FieldDeclarationSyntax } declaration } field => (
                declaration.Type,
                field
            ),
            PropertyDeclarationSyntax property => (property.Type, property),
            ParameterSyntax { Default: null } parameter => (parameter.Type, parameter),
            TypeOfExpressionSyntax type => (type.Type, (SyntaxNode)type),
            _ => (null, site.Node),
        };
        if (syntax is null || site.Model.GetTypeInfo(syntax, site.Cancellation).Type is not { } symbol)
            return null;
        if (IsOfKind(symbol, site[DiagnosticProperties.FieldTypeKind]))
            return new(syntax, symbol, owner);
        // The type argument of a trie key or text.
        return
            symbol is INamedTypeSymbol { Name: "LpmKey" or "BpfText", TypeArguments: { Length: 1 } arguments }
            && IsOfKind(arguments[0], site[DiagnosticProperties.FieldTypeKind])
            && syntax.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments
                is { Count: 1 } written
            ? new(written[0], arguments[0], owner)
            : null;
    }

    public string Name =>
        Owner switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            ParameterSyntax parameter => parameter.Identifier.ValueText,
            _ => "",
        };

    /// <summary>The attributes on the field.</summary>
    public SyntaxList<AttributeListSyntax> AttributeLists =>
        Owner switch
        {
            VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax declaration } => declaration.AttributeLists,
            PropertyDeclarationSyntax property => property.AttributeLists,
            _ => default,
        };

    /// <summary>The initializers, which have the old type.</summary>
    public IEnumerable<EqualsValueClauseSyntax> Initializers =>
        Owner switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } => declaration
                .Variables.Select(static v => v.Initializer)
                .OfType<EqualsValueClauseSyntax>(),
            PropertyDeclarationSyntax { Initializer: { } initializer } => [initializer],
            _ => [],
        };

    private static bool IsOfKind(ITypeSymbol type, string? kind) =>
        kind switch
        {
            "array" => type is IArrayTypeSymbol,
            "pointer" => type is IPointerTypeSymbol or IFunctionPointerTypeSymbol,
            "class" => type.TypeKind == TypeKind.Class,
            "nint" => type.SpecialType == SpecialType.System_IntPtr,
            "nuint" => type.SpecialType == SpecialType.System_UIntPtr,
            _ => type.MessageName() == kind,
        };
}
