using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>What a class for a BPF object may be.</summary>
internal static class ObjectClassDescriptors
{
    public static readonly DiagnosticDescriptor ObjectClassNotPartial = new(
        DiagnosticIds.ObjectClassNotPartial,
        "Class of a BPF object must be partial",
        "'{0}' must be partial, so that the maps, variables and programs of the BPF object can be generated into it",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ObjectClassNotPartial + ".md");

    public static readonly DiagnosticDescriptor ObjectClassNotSupported = new(
        DiagnosticIds.ObjectClassNotSupported,
        "Type cannot be the class of a BPF object",
        "'{0}' cannot be the class of a BPF object because {1}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ObjectClassNotSupported + ".md");

    public static readonly DiagnosticDescriptor LibbpfNotReferenced = new(
        DiagnosticIds.LibbpfNotReferenced,
        "BpfMaps.Libbpf is not referenced",
        "'{0}' is loaded through libbpf, but the project does not reference BpfMaps.Libbpf: add <PackageReference Include=\"BpfMaps.Libbpf\" />",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.LibbpfNotReferenced + ".md");

    public static readonly DiagnosticDescriptor ObjectNotDescribed = new(
        DiagnosticIds.ObjectNotDescribed,
        "BPF object is not described",
        "Nothing describes the BPF object '{1}' of '{0}' to the compiler; it knows {2}: {3}add <BpfObject Include=\"{1}\" /> or <BpfProgram Include=\"...\" /> to the project",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ObjectNotDescribed + ".md");
}
