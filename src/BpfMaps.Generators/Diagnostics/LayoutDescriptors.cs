using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Diagnostics of the layout of keys and values.</summary>
internal static class LayoutDescriptors
{
    public static readonly DiagnosticDescriptor NotBlittable = Descriptor.Error(
        DiagnosticIds.NotBlittable,
        DiagnosticCategories.Layout,
        "Type is not blittable",
        "'{0}' cannot be shared with the kernel because {1}"
    );

    public static readonly DiagnosticDescriptor DiffersFromC = Descriptor.Error(
        DiagnosticIds.DiffersFromC,
        DiagnosticCategories.Layout,
        "Type has another size or meaning in C",
        "'{0}' is of type '{1}', but {2}; {3}"
    );

    public static readonly DiagnosticDescriptor AutoLayout = Descriptor.Error(
        DiagnosticIds.AutoLayout,
        DiagnosticCategories.Layout,
        "Auto layout has no fixed offsets",
        "'{0}' has LayoutKind.Auto, so the runtime may reorder its fields: remove the StructLayout attribute or use LayoutKind.Sequential"
    );

    public static readonly DiagnosticDescriptor KeySizeMismatch = Descriptor.Error(
        DiagnosticIds.KeySizeMismatch,
        DiagnosticCategories.Layout,
        "KeySize does not match the key type",
        "'{0}' is {1} bytes, but KeySize is {2}: {3}"
    );

    public static readonly DiagnosticDescriptor ValueSizeMismatch = Descriptor.Error(
        DiagnosticIds.ValueSizeMismatch,
        DiagnosticCategories.Layout,
        "ValueSize does not match the value type",
        "'{0}' is {1} bytes, but ValueSize is {2}: {3}"
    );

    public static readonly DiagnosticDescriptor PrefixInHostOrder = Descriptor.Info(
        DiagnosticIds.PrefixInHostOrder,
        DiagnosticCategories.Layout,
        "Trie key is a number in host byte order",
        "A trie matches the data of '{0}' from the first byte on, but '{1}' is in host byte order, so short prefixes match the wrong numbers on little-endian machines: use {2}"
    );

    public static readonly DiagnosticDescriptor KeyHasPadding = Descriptor.Warning(
        DiagnosticIds.KeyHasPadding,
        DiagnosticCategories.Layout,
        "Key has implicit padding",
        "'{0}' is hashed and compared as {1} bytes, which include {2} of padding: {3}; declare the padding as fields, and zero it on the BPF side"
    );

    public static readonly DiagnosticDescriptor ValueHasPadding = Descriptor.Info(
        DiagnosticIds.ValueHasPadding,
        DiagnosticCategories.Layout,
        "Value has implicit padding",
        "'{0}' is {1} bytes, which include {2} of padding: {3}; every write copies the value to zero the padding, unless it is declared as fields"
    );

    public static readonly DiagnosticDescriptor KeyTooLarge = Descriptor.Error(
        DiagnosticIds.KeyTooLarge,
        DiagnosticCategories.Layout,
        "Key is too large",
        "The key '{0}' is {1} bytes, but keys of {3} maps can have at most {2}: {4}"
    );

    public static readonly DiagnosticDescriptor ValueTooLarge = Descriptor.Error(
        DiagnosticIds.ValueTooLarge,
        DiagnosticCategories.Layout,
        "Value is too large",
        "The value '{0}' is {1} bytes, but values of {3} maps can have at most {2}"
    );

    public static readonly DiagnosticDescriptor EmptyType = Descriptor.Error(
        DiagnosticIds.EmptyType,
        DiagnosticCategories.Layout,
        "Type has no fields",
        "'{0}' has no fields: it is 1 byte in C# and 0 bytes in C"
    );

    public static readonly DiagnosticDescriptor ValueSizeRefused = Descriptor.Error(
        DiagnosticIds.ValueSizeRefused,
        DiagnosticCategories.Layout,
        "Value size is refused by the kernel",
        "ValueSize of '{0}' is {1}, but values of {2} maps are {3}"
    );
}
