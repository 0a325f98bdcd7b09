using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Parses classes with <c>[BpfObject]</c>. The generator and the analyzer use the same parser.</summary>
internal static class ObjectParser
{
    private const string Libbpf = SymbolFacts.RuntimeNamespace + ".BpfTypedObject";

    /// <param name="report">Receives the errors; <see langword="null"/> to ignore them.</param>
    /// <returns><see langword="null"/> exactly if the declaration has errors.</returns>
    public static ObjectSpec? Parse(
        INamedTypeSymbol target,
        AttributeData attribute,
        Compilation compilation,
        Action<Diagnostic>? report,
        CancellationToken cancellation
    )
    {
        Location place = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? Location.None;
        Reporter reporter = new(compilation, place, report);
        string path = attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is string text ? text : "";
        if (LanguageRules.RefuseOldVersion(target, "[BpfObject]", reporter.LocationOf(target), reporter))
            return null;
        for (INamedTypeSymbol? type = target; type is not null; type = type.ContainingType)
        {
            if (!DeclarationRules.IsPartial(type, cancellation))
                reporter.Error(
                    ObjectClassDescriptors.ObjectClassNotPartial,
                    reporter.LocationOf(type),
                    DiagnosticProperties.Of((DiagnosticProperties.TypeName, type.Name)),
                    type.MessageName()
                );
        }
        if (WhyNot(target) is { } reason)
            reporter.Error(ObjectClassDescriptors.ObjectClassNotSupported, reporter.LocationOf(target), target.MessageName(), reason);
        else if (path.Trim().Length == 0)
            reporter.Error(
                ObjectClassDescriptors.ObjectClassNotSupported,
                place,
                target.MessageName(),
                "its [BpfObject] does not name a file"
            );
        if (compilation.GetTypeByMetadataName(Libbpf) is null)
            reporter.Error(ObjectClassDescriptors.LibbpfNotReferenced, place, target.MessageName());
        return reporter.HasErrors
            ? null
            : new(
                target.MetadataFullName(),
                target.ContainingNamespace.DeclaredName(),
                DeclarationRules.Containers(target),
                SymbolFacts.Escape(target.Name),
                target.FullName(),
                path,
                TypesOf(attribute)
            );
    }

    private static EquatableArray<string> TypesOf(AttributeData attribute)
    {
        TypedConstant types = attribute.NamedArguments.FirstOrDefault(static a => a.Key == "Types").Value;
        return types is { Kind: TypedConstantKind.Array, IsNull: false }
            ? types.Values.Select(static v => v.Value).OfType<string>().ToEquatableArray()
            : EquatableArray<string>.Empty;
    }

    private static string? WhyNot(INamedTypeSymbol target)
    {
        for (INamedTypeSymbol? type = target; type is not null; type = type.ContainingType)
        {
            string subject = SymbolEqualityComparer.Default.Equals(type, target) ? "it" : $"the containing type '{type.MessageName()}'";
            if (type.Arity > 0)
                return $"{subject} is generic, but an object has fixed types";
            if (type.IsFileLocal)
                return $"{subject} is file-local, but generated code is in another file";
        }
        if (target.IsStatic)
            return "it is static, but an open object is an instance";
        if (target.IsAbstract)
            return "it is abstract, but the generated factories create instances of it";
        if (target.IsRecord)
            return "it is a record, which cannot derive from the generated base class";
        return
            target.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } parent
            && parent.Name != "BpfTypedObject"
            ? $"it derives from '{parent.MessageName()}', but the generated part adds a base class"
            : null;
    }
}
