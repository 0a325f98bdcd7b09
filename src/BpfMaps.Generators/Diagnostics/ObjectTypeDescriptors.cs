using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Diagnostics of the types of BPF objects, and of objects that libbpf rejects.</summary>
internal static class ObjectTypeDescriptors
{
    public static readonly DiagnosticDescriptor EnumIsCut = Descriptor.Warning(
        DiagnosticIds.EnumIsCut,
        DiagnosticCategories.Btf,
        "Constants of an enumeration are truncated",
        "'{0}' uses enumeration '{1}' of {2}, whose constants may be wrong: {3}"
    );

    public static readonly DiagnosticDescriptor ObjectKeyHasPadding = Descriptor.Warning(
        DiagnosticIds.ObjectKeyHasPadding,
        DiagnosticCategories.Btf,
        "C key has implicit padding",
        "{0} in {2} is '{1}', which is hashed and compared as {3} bytes, with {4} of padding: {5}; if the program does not zero it, equal keys differ: declare the padding as a field in C"
    );

    public static readonly DiagnosticDescriptor RecordDiffers = Descriptor.Error(
        DiagnosticIds.RecordDiffers,
        DiagnosticCategories.Btf,
        "Record differs from the object",
        "'{0}' {1}: {2}"
    );

    public static readonly DiagnosticDescriptor ObjectRefused = Descriptor.Warning(
        DiagnosticIds.ObjectRefused,
        DiagnosticCategories.Btf,
        "libbpf rejects the object",
        "libbpf cannot load '{0}', the BPF object of '{1}': {2}"
    );

    public static readonly DiagnosticDescriptor TypeNotInObject = Descriptor.Error(
        DiagnosticIds.TypeNotInObject,
        DiagnosticCategories.Btf,
        "Object has no such type",
        "'{0}' names type '{1}', which {2} does not have; {3}"
    );

    public static readonly DiagnosticDescriptor RecordOnOtherMap = Descriptor.Error(
        DiagnosticIds.RecordOnOtherMap,
        DiagnosticCategories.Usage,
        "Only streams have records",
        "'{0}' is declared as {1}, which has no records: remove Record; the value type is compared with the object anyway"
    );
}
