using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Diagnostics of the comparison of declared maps with compiled BPF objects.</summary>
internal static class ObjectDescriptors
{
    public static readonly DiagnosticDescriptor LayoutUnreadable = Descriptor.Error(
        DiagnosticIds.LayoutUnreadable,
        DiagnosticCategories.Btf,
        "Layout file cannot be read",
        "{0}({1}) cannot be read, so no map is checked against '{2}': {3}"
    );

    public static readonly DiagnosticDescriptor ObjectUnknown = Descriptor.Error(
        DiagnosticIds.ObjectUnknown,
        DiagnosticCategories.Btf,
        "Object is not described",
        "Map '{0}' of '{1}' cannot be checked: {2}"
    );

    public static readonly DiagnosticDescriptor ObjectAmbiguous = Descriptor.Error(
        DiagnosticIds.ObjectAmbiguous,
        DiagnosticCategories.Btf,
        "Object name is ambiguous",
        "The project has {1} BPF objects named '{0}': {2}; name one of them with its folder, such as \"{3}\""
    );

    public static readonly DiagnosticDescriptor MapNotInObject = Descriptor.Error(
        DiagnosticIds.MapNotInObject,
        DiagnosticCategories.Btf,
        "Object has no such map",
        "'{0}' has no map '{1}', which '{2}' declares; it has {3}"
    );

    public static readonly DiagnosticDescriptor ByteOrderDiffers = Descriptor.Warning(
        DiagnosticIds.ByteOrderDiffers,
        DiagnosticCategories.Btf,
        "Byte order differs from that of the object",
        "{0} is {1}, which is in {2} byte order, but {3} of map '{4}' in {5} is {6}, which is in {7} byte order: use {8}"
    );

    public static readonly DiagnosticDescriptor MapInNoObject = Descriptor.Warning(
        DiagnosticIds.MapInNoObject,
        DiagnosticCategories.Btf,
        "No object has such a map",
        "No BPF object of this project has a map '{0}', which '{1}' declares; found {2}"
    );

    public static readonly DiagnosticDescriptor TypeDiffers = Descriptor.Error(
        DiagnosticIds.TypeDiffers,
        DiagnosticCategories.Btf,
        "Map type differs from the object",
        "'{0}' declares map '{1}' as {2}, but in {3} it is {4}"
    );

    public static readonly DiagnosticDescriptor MaxEntriesDiffers = Descriptor.Warning(
        DiagnosticIds.MaxEntriesDiffers,
        DiagnosticCategories.Btf,
        "MaxEntries differs from the object",
        "'{0}' declares map '{1}' with MaxEntries {2}, but in {3} its max_entries is {4}: opening it fails, unless the loader changes the number"
    );

    public static readonly DiagnosticDescriptor FlagsDiffer = Descriptor.Warning(
        DiagnosticIds.FlagsDiffer,
        DiagnosticCategories.Btf,
        "Flags differ from the object",
        "'{0}' declares map '{1}' with {2}, but in {3} it has {4}"
    );

    public static readonly DiagnosticDescriptor MapExtraDiffers = Descriptor.Warning(
        DiagnosticIds.MapExtraDiffers,
        DiagnosticCategories.Btf,
        "MapExtra differs from the object",
        "'{0}' declares map '{1}' with MapExtra {2}, but in {3} its map_extra is {4}: opening it fails, unless the loader changes the number"
    );

    public static readonly DiagnosticDescriptor KeyDiffers = Descriptor.Error(
        DiagnosticIds.KeyDiffers,
        DiagnosticCategories.Btf,
        "Key differs from the object",
        "'{0}' {1}: {2}"
    );

    public static readonly DiagnosticDescriptor ValueDiffers = Descriptor.Error(
        DiagnosticIds.ValueDiffers,
        DiagnosticCategories.Btf,
        "Value differs from the object",
        "'{0}' {1}: {2}"
    );

    public static readonly DiagnosticDescriptor MapNotDeclared = Descriptor.Hidden(
        DiagnosticIds.MapNotDeclared,
        DiagnosticCategories.Btf,
        "Map of the object is not declared",
        "Map '{1}' ({2}) of '{0}' is not declared"
    );
}
