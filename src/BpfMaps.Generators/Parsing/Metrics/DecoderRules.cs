using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Checks whether a type can decode a field.</summary>
internal static class DecoderRules
{
    /// <returns><see langword="null"/> if an error was reported.</returns>
    public static LabelSpec? Parse(AnnotatedField field, LabelSpec label, ITypeSymbol decoder, MapDeclaration declaration)
    {
        if (WhyNot(decoder, declaration) is { } why)
            return Refuse(field, decoder, why, declaration);
        List<ITypeSymbol> taken =
        [
            .. decoder
                .AllInterfaces.Where(i =>
                    i is { Name: "IBpfLabelDecoder", TypeArguments.Length: 1 } && i.IsRuntimeType(declaration.Runtime)
                )
                .Select(static i => i.TypeArguments[0]),
        ];
        if (Candidates(field).FirstOrDefault(type => taken.Contains(type, SymbolEqualityComparer.Default)) is { } exact)
            return label with { Form = LabelForm.Decoded, TypeName = exact.FullName(), Decoder = decoder.FullName() };
        if (taken.Exists(IsBytes))
            return label with { Form = LabelForm.DecodedBytes, Decoder = decoder.FullName() };
        string takes =
            taken.Count == 0
                ? "it does not implement IBpfLabelDecoder<T>"
                : $"it decodes {string.Join(" and ", taken.Select(static t => t.MessageName()))}, but the field is {field.Type.MessageName()}";
        return Refuse(field, decoder, takes, declaration);
    }

    private static LabelSpec? Refuse(AnnotatedField field, ITypeSymbol decoder, string why, MapDeclaration declaration)
    {
        declaration.Reporter.Error(
            MetricDescriptors.DecoderUnusable,
            field.Annotation.PlaceOf("Decoder"),
            decoder.MessageName(),
            field.Annotation.Owner,
            why
        );
        return null;
    }

    private static string? WhyNot(ITypeSymbol decoder, MapDeclaration declaration)
    {
        if (decoder.TypeKind == TypeKind.Error)
            return "it does not exist";
        if (
            decoder
            is not INamedTypeSymbol
            {
                TypeKind: TypeKind.Class or TypeKind.Struct,
                IsAbstract: false,
                IsUnboundGenericType: false,
                IsRefLikeType: false
            } type
        )
            return "it is not a class that can be created";
        ISymbol within = (ISymbol?)declaration.Target.ContainingType ?? declaration.Compilation.Assembly;
        if (!declaration.Compilation.IsSymbolAccessibleWithin(type, within))
            return "the generated class cannot access it: make it internal";
        return
            type.TypeKind == TypeKind.Class
            && !type.InstanceConstructors.Any(static c => c is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public })
            ? "it has no public constructor without parameters"
            : null;
    }

    private static IEnumerable<ITypeSymbol> Candidates(AnnotatedField field)
    {
        yield return field.Type;
        if (field.Type is INamedTypeSymbol { EnumUnderlyingType: { } underlying })
            yield return underlying;
    }

    private static bool IsBytes(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } span
        && span.IsInSystem("ReadOnlySpan")
        && span.TypeArguments[0].SpecialType == SpecialType.System_Byte;
}
