using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Diagnostics of classes with <c>[BpfObject]</c>.</summary>
internal static class ObjectClassDescriptors
{
    public static readonly DiagnosticDescriptor ObjectClassNotPartial = Descriptor.Error(
        DiagnosticIds.ObjectClassNotPartial,
        DiagnosticCategories.Usage,
        "Class of a BPF object must be partial",
        "'{0}' must be partial, so that the maps, variables and programs of the BPF object can be added to it"
    );

    public static readonly DiagnosticDescriptor ObjectClassNotSupported = Descriptor.Error(
        DiagnosticIds.ObjectClassNotSupported,
        DiagnosticCategories.Usage,
        "Type cannot be the class of a BPF object",
        "'{0}' cannot be the class of a BPF object because {1}"
    );

    public static readonly DiagnosticDescriptor LibbpfNotReferenced = Descriptor.Error(
        DiagnosticIds.LibbpfNotReferenced,
        DiagnosticCategories.Usage,
        "BpfMaps.Libbpf is not referenced",
        "'{0}' is loaded through libbpf, but the project does not reference BpfMaps.Libbpf: add <PackageReference Include=\"BpfMaps.Libbpf\" />"
    );

    public static readonly DiagnosticDescriptor ObjectNotDescribed = Descriptor.Error(
        DiagnosticIds.ObjectNotDescribed,
        DiagnosticCategories.Btf,
        "BPF object is not described",
        "No .layout file describes the BPF object '{1}' of '{0}' (found {2}): {3}add <BpfObject Include=\"{1}\" /> or <BpfProgram Include=\"...\" /> to the project"
    );
}
