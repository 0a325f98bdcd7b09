using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for the annotated type and its containing types.</summary>
internal static class DeclarationRules
{
    // Members of the generated class. C# does not allow members with the name of their class.
    private static readonly HashSet<string> s_members =
    [
        "Schema",
        "Create",
        "OpenPinned",
        "OpenById",
        "OpenOrCreatePinned",
        "FromFileDescriptor",
        "FromRaw",
        "Accumulate",
    ];

    /// <returns>Whether a map can be declared on the type, apart from other errors.</returns>
    public static bool Check(MapDeclaration declaration)
    {
        bool isPossible = CheckTarget(declaration);
        CheckContainers(declaration);
        if (!declaration.IsClassForm)
            CheckClassName(declaration);
        else if (s_members.Contains(declaration.ClassName))
            ReportClassName(declaration, declaration.Place, "the generated class has a member with this name");
        else if (declaration.Attribute.ClassName is { } chosen && chosen != declaration.ClassName)
            declaration.Reporter.Error(
                DeclarationDescriptors.ClassNameUnusable,
                declaration.Attribute.LocationOfValue("ClassName"),
                declaration.Target.MessageName(),
                chosen,
                "the class with the attribute is the map class"
            );
        return isPossible;
    }

    /// <summary>Gets the headers of the containing types, outermost first.</summary>
    public static EquatableArray<string> Containers(INamedTypeSymbol target)
    {
        List<string> headers = [];
        for (INamedTypeSymbol? type = target.ContainingType; type is not null; type = type.ContainingType)
        {
            string keyword = type switch
            {
                { TypeKind: TypeKind.Interface } => "interface",
                { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
                { TypeKind: TypeKind.Struct } => "struct",
                { IsRecord: true } => "record",
                _ => "class",
            };
            headers.Insert(0, $"partial {keyword} {SymbolFacts.Escape(type.Name)}");
        }
        return headers.ToEquatableArray();
    }

    private static bool CheckTarget(MapDeclaration declaration)
    {
        INamedTypeSymbol target = declaration.Target;
        // If the value is missing too and the class has fields, a struct was intended.
        if (declaration.IsClassForm && !IsPartial(target, declaration.Cancellation) && !ValueRules.IsMeantAsStruct(declaration))
        {
            declaration.Reporter.Error(
                DeclarationDescriptors.MapClassNotPartial,
                declaration.Place,
                DiagnosticProperties.Of((DiagnosticProperties.TypeName, target.Name)),
                target.MessageName()
            );
        }
        if (WhyNot(declaration) is not { } reason)
            return true;
        declaration.Reporter.Error(DeclarationDescriptors.DeclarationNotSupported, declaration.Place, target.MessageName(), reason);
        return false;
    }

    private static string? WhyNot(MapDeclaration declaration)
    {
        INamedTypeSymbol target = declaration.Target;
        for (INamedTypeSymbol? type = target; type is not null; type = type.ContainingType)
        {
            string subject = SymbolEqualityComparer.Default.Equals(type, target) ? "it" : $"the containing type '{type.MessageName()}'";
            if (type.Arity > 0)
                return $"{subject} is generic, but a map has fixed key and value types";
            if (type.IsFileLocal)
                return $"{subject} is file-local, but generated code is in another file";
        }
        if (target.IsRefLikeType)
            return "it is a ref struct, which arrays cannot store";
        if (!declaration.IsClassForm)
            return null;
        if (target.IsStatic)
            return "it is static, but a map is an instance that owns a file descriptor";
        if (target.IsAbstract)
            return "it is abstract, but the generated factories create instances of it";
        if (target.IsRecord)
            return "it is a record, which cannot derive from the generated base class";
        bool derives =
            target.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } parent
            && !parent.IsRuntimeType(declaration.Runtime);
        return derives ? $"it derives from '{target.BaseType!.MessageName()}', but the generated part adds a base class" : null;
    }

    private static void CheckContainers(MapDeclaration declaration)
    {
        for (INamedTypeSymbol? type = declaration.Target.ContainingType; type is not null; type = type.ContainingType)
        {
            if (IsPartial(type, declaration.Cancellation))
                continue;
            declaration.Reporter.Error(
                DeclarationDescriptors.ContainingTypeNotPartial,
                declaration.Reporter.LocationOf(type),
                DiagnosticProperties.Of((DiagnosticProperties.TypeName, type.Name)),
                type.MessageName(),
                declaration.Target.MessageName()
            );
        }
    }

    private static void CheckClassName(MapDeclaration declaration)
    {
        string name = declaration.ClassName;
        Location place = declaration.Attribute.ClassName is null ? declaration.Place : declaration.Attribute.LocationOfValue("ClassName");
        if (!SyntaxFacts.IsValidIdentifier(name))
            ReportClassName(declaration, place, "it is not a valid C# identifier");
        else if (s_members.Contains(name))
            ReportClassName(declaration, place, "the generated class has a member with this name");
        else if (name == declaration.Target.ContainingType?.Name)
            ReportClassName(declaration, place, "the containing type has this name");
        else if (OtherDeclarationOf(name, declaration) is { } other)
            ReportClassName(declaration, place, $"the map class of '{other.MessageName()}' has this name");
        else if (
            UserParts(declaration)
                .FirstOrDefault(static s => s is not ClassDeclarationSyntax c || !c.Modifiers.Any(SyntaxKind.PartialKeyword))
            is not null
        )
            ReportClassName(declaration, place, "a type with this name exists and is not a partial class");
    }

    private static void ReportClassName(MapDeclaration declaration, Location place, string reason) =>
        declaration.Reporter.Error(
            DeclarationDescriptors.ClassNameUnusable,
            place,
            declaration.Target.MessageName(),
            declaration.ClassName,
            reason
        );

    // Default names cannot collide, because names of structs do not.
    private static INamedTypeSymbol? OtherDeclarationOf(string className, MapDeclaration declaration)
    {
        if (declaration.Attribute.ClassName is null)
            return null;
        INamespaceOrTypeSymbol container =
            (INamespaceOrTypeSymbol?)declaration.Target.ContainingType ?? declaration.Target.ContainingNamespace;
        return container
            .GetTypeMembers()
            .FirstOrDefault(t =>
                t is { TypeKind: TypeKind.Struct, Arity: 0 }
                && !SymbolEqualityComparer.Default.Equals(t, declaration.Target)
                && t.FindMapAttribute() is { } attribute
                && (new MapAttribute(attribute, declaration.Cancellation).ClassName ?? t.Name + "Map") == className
            );
    }

    /// <summary>Gets the user's declarations of the map class. Analyzers also see the generated one.</summary>
    public static IEnumerable<SyntaxNode> UserParts(MapDeclaration declaration)
    {
        INamespaceOrTypeSymbol container =
            (INamespaceOrTypeSymbol?)declaration.Target.ContainingType ?? declaration.Target.ContainingNamespace;
        return container
            .GetTypeMembers(declaration.ClassName, 0)
            .SelectMany(static t => t.DeclaringSyntaxReferences)
            .Where(r =>
                declaration.Compilation.ContainsSyntaxTree(r.SyntaxTree)
                && !r.SyntaxTree.FilePath.EndsWith(HintName.Suffix, StringComparison.Ordinal)
            )
            .Select(r => r.GetSyntax(declaration.Cancellation));
    }

    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Any(r =>
            r.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword)
        );
}
