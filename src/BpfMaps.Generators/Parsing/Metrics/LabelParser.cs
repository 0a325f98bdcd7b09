using System.Globalization;
using System.Text.RegularExpressions;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Parses labels: determines how a field of a key becomes text.</summary>
internal static class LabelParser
{
    /// <returns><see langword="null"/> if an error was reported.</returns>
    public static LabelSpec? Parse(AnnotatedField field, MapDeclaration declaration, IReadOnlyList<LabelSpec> earlier)
    {
        Annotation annotation = field.Annotation;
        CheckName(annotation, declaration, earlier);
        CheckMatch(annotation, declaration);
        LabelSpec label = new(
            annotation.Name,
            LabelForm.Number,
            field.Offset,
            field.Size,
            field.Type.FullName(),
            null,
            annotation.Get<string>("Match"),
            []
        );
        if (annotation.Get<ITypeSymbol>("Decoder") is { } decoder)
            return DecoderRules.Parse(field, label, decoder, declaration);
        return FromType(field, label, declaration);
    }

    private static LabelSpec? FromType(AnnotatedField field, LabelSpec label, MapDeclaration declaration)
    {
        if (field.Count > 0 && field.Layout.Kind == BpfTypeKind.Char)
            return label with { Form = LabelForm.Text };
        bool isRuntimeType = field.Type.IsRuntimeType(declaration.Runtime);
        if (isRuntimeType && field.Type.Name is "Be32" or "Bytes16")
            return label with { Form = LabelForm.Address };
        if (isRuntimeType && field.Type.Name is "Be16" or "Be64" or "LpmKey")
            return label;
        if (field.Count > 0)
            return Refuse(field, declaration, "it is an array: set Decoder, such as typeof(TextDecoder)");
        if (field.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } type)
            return label with { Form = LabelForm.Enum, TypeName = underlying.FullName(), Members = Members(type, declaration) };
        if (field.Layout.IsComposite)
            return Refuse(field, declaration, "it is a struct: put [BpfLabel] on its fields, or set Decoder");
        return label;
    }

    private static LabelSpec? Refuse(AnnotatedField field, MapDeclaration declaration, string why)
    {
        declaration.Reporter.Error(MetricDescriptors.LabelNotText, field.Annotation.Place, field.Annotation.Owner, why);
        return null;
    }

    private static EquatableArray<LabelMember> Members(INamedTypeSymbol type, MapDeclaration declaration)
    {
        List<LabelMember> members = [];
        foreach (IFieldSymbol member in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (member.ConstantValue is not IFormattable number)
                continue;
            string value = number.ToString(null, CultureInfo.InvariantCulture);
            // If several members have the same value, the first is used.
            if (!members.Exists(m => m.Value == value))
                members.Add(new(value, TextOf(member, declaration)));
        }
        return members.ToEquatableArray();
    }

    private static string TextOf(IFieldSymbol member, MapDeclaration declaration) =>
        member
            .GetAttributes()
            .FirstOrDefault(a => a.AttributeClass is { Name: "BpfLabelTextAttribute" } type && type.IsRuntimeType(declaration.Runtime))
            is { ConstructorArguments: { Length: 1 } arguments }
        && arguments[0].Value is string text
            ? text
            : member.Name;

    private static void CheckName(Annotation annotation, MapDeclaration declaration, IReadOnlyList<LabelSpec> earlier)
    {
        string name = annotation.Name;
        string? why = MetricNames.WhyNotLabel(name);
        string nearest = why is null ? name + "_2" : MetricNames.NearestLabel(name);
        if (
            why is null
            && earlier.Any(l => MetricNames.WhyNotLabel(l.Name) is null && MetricNames.Normalize(l.Name) == MetricNames.Normalize(name))
        )
            why = "another label of the key has the same name";
        if (why is not null)
            declaration.Reporter.Error(
                MetricDescriptors.LabelNameInvalid,
                annotation.PlaceOfName,
                DiagnosticProperties.Of((DiagnosticProperties.ArgumentValue, $"\"{nearest}\"")),
                name,
                why,
                nearest
            );
    }

    private static void CheckMatch(Annotation annotation, MapDeclaration declaration)
    {
        if (annotation.Get<string>("Match") is not { } pattern)
            return;
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
        }
        catch (ArgumentException problem)
        {
            declaration.Reporter.Error(MetricDescriptors.LabelMatchInvalid, annotation.PlaceOf("Match"), annotation.Name, problem.Message);
        }
    }
}
