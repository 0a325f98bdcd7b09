using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>What is to be known of the types of BPF objects, and of whether they load.</summary>
internal static class ObjectTypeDescriptors
{
    public static readonly DiagnosticDescriptor EnumIsCut = new(
        DiagnosticIds.EnumIsCut,
        "Constants of an enumeration are cut",
        "'{0}' uses enumeration '{1}' of {2}, whose constants may be wrong: {3}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.EnumIsCut + ".md");

    public static readonly DiagnosticDescriptor RecordDiffers = new(
        DiagnosticIds.RecordDiffers,
        "Record differs from the object",
        "'{0}' {1}: {2}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.RecordDiffers + ".md");

    public static readonly DiagnosticDescriptor ObjectRefused = new(
        DiagnosticIds.ObjectRefused,
        "libbpf refuses the object",
        "libbpf cannot load '{0}', the BPF object of '{1}': {2}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ObjectRefused + ".md");

    public static readonly DiagnosticDescriptor TypeNotInObject = new(
        DiagnosticIds.TypeNotInObject,
        "Object has no such type",
        "'{0}' names type '{1}', which {2} does not have; {3}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.TypeNotInObject + ".md");

    public static readonly DiagnosticDescriptor RecordOnOtherMap = new(
        DiagnosticIds.RecordOnOtherMap,
        "Only streams have records",
        "'{0}' is declared as {1}, which has no records: remove Record; the value type is compared with the object's without it",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.RecordOnOtherMap + ".md");
}
