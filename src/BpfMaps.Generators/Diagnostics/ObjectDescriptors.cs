using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>What compiled BPF objects say of the maps that are declared.</summary>
internal static class ObjectDescriptors
{
    public static readonly DiagnosticDescriptor LayoutUnreadable = new(
        DiagnosticIds.LayoutUnreadable,
        "Layout file cannot be read",
        "{0}({1}) cannot be read, so no map is checked against '{2}': {3}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.LayoutUnreadable + ".md");

    public static readonly DiagnosticDescriptor ObjectUnknown = new(
        DiagnosticIds.ObjectUnknown,
        "Object is not described",
        "Map '{0}' of '{1}' cannot be checked: {2}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ObjectUnknown + ".md");

    public static readonly DiagnosticDescriptor ObjectAmbiguous = new(
        DiagnosticIds.ObjectAmbiguous,
        "Object name is ambiguous",
        "The project has {1} BPF objects named '{0}': {2}; name one of them with its folder, such as \"{3}\"",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ObjectAmbiguous + ".md");

    public static readonly DiagnosticDescriptor MapNotInObject = new(
        DiagnosticIds.MapNotInObject,
        "Object has no such map",
        "'{0}' has no map '{1}', which '{2}' declares; it has {3}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MapNotInObject + ".md");

    public static readonly DiagnosticDescriptor ByteOrderDiffers = new(
        DiagnosticIds.ByteOrderDiffers,
        "Byte order differs from that of the object",
        "{0} is {1}, a number in {2} order, but {3} of map '{4}' in {5} is {6}, in {7} order: use {8}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ByteOrderDiffers + ".md");

    public static readonly DiagnosticDescriptor MapInNoObject = new(
        DiagnosticIds.MapInNoObject,
        "No object has such a map",
        "No BPF object of this project has a map '{0}', which '{1}' declares; there are {2}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MapInNoObject + ".md");

    public static readonly DiagnosticDescriptor TypeDiffers = new(
        DiagnosticIds.TypeDiffers,
        "Map type differs from the object",
        "'{0}' declares map '{1}' as {2}, but in {3} it is {4}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.TypeDiffers + ".md");

    public static readonly DiagnosticDescriptor MaxEntriesDiffers = new(
        DiagnosticIds.MaxEntriesDiffers,
        "MaxEntries differs from the object",
        "'{0}' declares map '{1}' with MaxEntries {2}, but in {3} its max_entries is {4}: opening it will fail, unless the loader changes that",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MaxEntriesDiffers + ".md");

    public static readonly DiagnosticDescriptor FlagsDiffer = new(
        DiagnosticIds.FlagsDiffer,
        "Flags differ from the object",
        "'{0}' declares map '{1}' with {2}, but in {3} it has {4}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.FlagsDiffer + ".md");

    public static readonly DiagnosticDescriptor MapExtraDiffers = new(
        DiagnosticIds.MapExtraDiffers,
        "MapExtra differs from the object",
        "'{0}' declares map '{1}' with MapExtra {2}, but in {3} its map_extra is {4}: opening it will fail, unless the loader changes that",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MapExtraDiffers + ".md");

    public static readonly DiagnosticDescriptor KeyDiffers = new(
        DiagnosticIds.KeyDiffers,
        "Key differs from the object",
        "'{0}' {1}: {2}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.KeyDiffers + ".md");

    public static readonly DiagnosticDescriptor ValueDiffers = new(
        DiagnosticIds.ValueDiffers,
        "Value differs from the object",
        "'{0}' {1}: {2}",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ValueDiffers + ".md");

    public static readonly DiagnosticDescriptor MapNotDeclared = new(
        DiagnosticIds.MapNotDeclared,
        "Map of the object is not declared",
        "'{0}' also has map '{1}' ({2}), which nothing declares",
        DiagnosticCategories.Btf,
        DiagnosticSeverity.Hidden,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MapNotDeclared + ".md");
}
