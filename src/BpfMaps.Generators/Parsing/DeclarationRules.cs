using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Parsing;

/// <summary>What the annotated type itself and the types around it must be.</summary>
internal static class DeclarationRules
{
    // Names that the generated class gives its own members: C# allows no member that is called like its class.
    private static readonly HashSet<string> s_members =
        ["Schema", "Create", "OpenPinned", "OpenById", "OpenOrCreatePinned", "FromFileDescriptor", "FromRaw", "Accumulate"];

    /// <returns>Whether the type is one that a map can be declared on, whatever else is wrong.</returns>
    public static bool Check(MapDeclaration declaration)
    {
        bool isPossible = CheckTarget(declaration);
        CheckContainers(declaration);
        if (!declaration.IsClassForm)
            CheckClassName(declaration);
        else if (s_members.Contains(declaration.ClassName))
            ReportClassName(declaration, declaration.Place, "the generated code has a member of that name");
        else if (declaration.Attribute.ClassName is { } chosen && chosen != declaration.ClassName)
            declaration.Reporter.Error(DeclarationDescriptors.ClassNameUnusable, declaration.Attribute.LocationOfValue("ClassName"), declaration.Target.MessageName(), chosen, "the attribute is on a class, and that is the map class");
        return isPossible;
    }

    /// <summary>The headers that reopen the containing types, outermost first.</summary>
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
        // Where the value is missing too, and there are fields that look like it, a struct was meant.
        if (declaration.IsClassForm && !IsPartial(target, declaration.Cancellation) && !ValueRules.IsMeantAsStruct(declaration))
        {
            declaration.Reporter.Error(
                DeclarationDescriptors.MapClassNotPartial,
                declaration.Place,
                Properties.Of((DiagnosticProperties.TypeName, target.Name)),
                target.MessageName());
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
                return $"{subject} is generic: every map has one shape";
            if (type.IsFileLocal)
                return $"{subject} is file-local: generated code is another file";
        }
        if (target.IsRefLikeType)
            return "it is a ref struct: values live in the kernel and in arrays";
        if (!declaration.IsClassForm)
            return null;
        if (target.IsStatic)
            return "it is static: a map is an object with a descriptor";
        if (target.IsAbstract)
            return "it is abstract: the generated factories create it";
        if (target.IsRecord)
            return "it is a record, which cannot derive from a class";
        bool derives = target.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } parent && !parent.IsRuntimeType(declaration.Runtime);
        return derives ? $"it derives from '{target.BaseType!.MessageName()}': the map class has a base class of its own" : null;
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
                Properties.Of((DiagnosticProperties.TypeName, type.Name)),
                type.MessageName(),
                declaration.Target.MessageName());
        }
    }

    private static void CheckClassName(MapDeclaration declaration)
    {
        string name = declaration.ClassName;
        Location place = declaration.Attribute.ClassName is null ? declaration.Place : declaration.Attribute.LocationOfValue("ClassName");
        if (!SyntaxFacts.IsValidIdentifier(name))
            ReportClassName(declaration, place, "it is no identifier");
        else if (s_members.Contains(name))
            ReportClassName(declaration, place, "the generated code has a member of that name");
        else if (name == declaration.Target.ContainingType?.Name)
            ReportClassName(declaration, place, "the containing type is called so");
        else if (OtherDeclarationOf(name, declaration) is { } other)
            ReportClassName(declaration, place, $"the map class of '{other.MessageName()}' is called so");
        else if (UserParts(declaration).FirstOrDefault(static s => s is not ClassDeclarationSyntax c || !c.Modifiers.Any(SyntaxKind.PartialKeyword)) is not null)
            ReportClassName(declaration, place, "a type of that name is there and is no partial class");
    }

    private static void ReportClassName(MapDeclaration declaration, Location place, string reason) =>
        declaration.Reporter.Error(DeclarationDescriptors.ClassNameUnusable, place, declaration.Target.MessageName(), declaration.ClassName, reason);

    // Default names cannot meet, as the structs' names do not: only who chose a name has to look around.
    private static INamedTypeSymbol? OtherDeclarationOf(string className, MapDeclaration declaration)
    {
        if (declaration.Attribute.ClassName is null)
            return null;
        INamespaceOrTypeSymbol container = (INamespaceOrTypeSymbol?)declaration.Target.ContainingType ?? declaration.Target.ContainingNamespace;
        return container.GetTypeMembers().FirstOrDefault(t => t is { TypeKind: TypeKind.Struct, Arity: 0 }
            && !SymbolEqualityComparer.Default.Equals(t, declaration.Target)
            && t.FindMapAttribute() is { } attribute
            && (new MapAttribute(attribute, declaration.Cancellation).ClassName ?? t.Name + "Map") == className);
    }

    /// <summary>The user's own declarations of the type that the struct form generates: the analyzers also see the generated one.</summary>
    public static IEnumerable<SyntaxNode> UserParts(MapDeclaration declaration)
    {
        INamespaceOrTypeSymbol container = (INamespaceOrTypeSymbol?)declaration.Target.ContainingType ?? declaration.Target.ContainingNamespace;
        return container.GetTypeMembers(declaration.ClassName, 0)
            .SelectMany(static t => t.DeclaringSyntaxReferences)
            .Where(r => declaration.Compilation.ContainsSyntaxTree(r.SyntaxTree) && !r.SyntaxTree.FilePath.EndsWith(HintName.Suffix, StringComparison.Ordinal))
            .Select(r => r.GetSyntax(declaration.Cancellation));
    }

    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Any(r => r.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
