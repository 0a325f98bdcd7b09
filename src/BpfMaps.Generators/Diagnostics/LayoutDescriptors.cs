using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>What the bytes of keys and values must be.</summary>
internal static class LayoutDescriptors
{
    public static readonly DiagnosticDescriptor NotBlittable = new(
        DiagnosticIds.NotBlittable,
        "Type is not blittable",
        "'{0}' cannot be shared with the kernel because {1}",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.NotBlittable + ".md");

    public static readonly DiagnosticDescriptor DiffersFromC = new(
        DiagnosticIds.DiffersFromC,
        "Type has another size or meaning in C",
        "'{0}' is of type '{1}', but {2}; {3}",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.DiffersFromC + ".md");

    public static readonly DiagnosticDescriptor AutoLayout = new(
        DiagnosticIds.AutoLayout,
        "Auto layout has no fixed offsets",
        "'{0}' has LayoutKind.Auto, so the runtime may reorder its fields: remove the StructLayout attribute or use LayoutKind.Sequential",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.AutoLayout + ".md");

    public static readonly DiagnosticDescriptor KeySizeMismatch = new(
        DiagnosticIds.KeySizeMismatch,
        "KeySize does not match the key type",
        "'{0}' is {1} bytes, but KeySize says {2}: {3}",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.KeySizeMismatch + ".md");

    public static readonly DiagnosticDescriptor ValueSizeMismatch = new(
        DiagnosticIds.ValueSizeMismatch,
        "ValueSize does not match the value type",
        "'{0}' is {1} bytes, but ValueSize says {2}: {3}",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ValueSizeMismatch + ".md");

    public static readonly DiagnosticDescriptor PrefixInHostOrder = new(
        DiagnosticIds.PrefixInHostOrder,
        "Trie key is a number in host byte order",
        "The data of the trie's key '{0}' are matched from their first byte on, but '{1}' is stored in host byte order, so short prefixes match other numbers on little-endian machines: use {2}",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.PrefixInHostOrder + ".md");

    public static readonly DiagnosticDescriptor KeyHasPadding = new(
        DiagnosticIds.KeyHasPadding,
        "Key has implicit padding",
        "'{0}' is hashed and compared as {1} bytes, but {2} belong to no field: {3}; name them as fields, and zero them on the BPF side",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.KeyHasPadding + ".md");

    public static readonly DiagnosticDescriptor ValueHasPadding = new(
        DiagnosticIds.ValueHasPadding,
        "Value has implicit padding",
        "'{0}' is {1} bytes, of which {2} belong to no field: {3}; every write copies the value to zero them, named fields avoid that",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ValueHasPadding + ".md");

    public static readonly DiagnosticDescriptor KeyTooLarge = new(
        DiagnosticIds.KeyTooLarge,
        "Key is larger than the kernel takes",
        "The key '{0}' is {1} bytes, but the kernel takes at most {2} for keys of {3} maps: {4}",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.KeyTooLarge + ".md");

    public static readonly DiagnosticDescriptor ValueTooLarge = new(
        DiagnosticIds.ValueTooLarge,
        "Value is larger than the kernel takes",
        "The value '{0}' is {1} bytes, but the kernel takes at most {2} for values of {3} maps",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ValueTooLarge + ".md");

    public static readonly DiagnosticDescriptor EmptyType = new(
        DiagnosticIds.EmptyType,
        "Type has no fields",
        "'{0}' has no fields: it is 1 byte in C# and 0 bytes in C",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.EmptyType + ".md");

    public static readonly DiagnosticDescriptor ValueSizeRefused = new(
        DiagnosticIds.ValueSizeRefused,
        "Value size is refused by the kernel",
        "ValueSize of '{0}' is {1}, but values of {2} maps are {3}",
        DiagnosticCategories.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ValueSizeRefused + ".md");
}
