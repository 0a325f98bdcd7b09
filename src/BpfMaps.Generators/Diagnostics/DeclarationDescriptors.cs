using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Diagnostics of declarations.</summary>
internal static class DeclarationDescriptors
{
    public static readonly DiagnosticDescriptor MapClassNotPartial = Descriptor.Error(
        DiagnosticIds.MapClassNotPartial,
        DiagnosticCategories.Usage,
        "Map class must be partial",
        "'{0}' is marked [BpfMap] but is not partial, so no members can be added to it: declare it as 'partial class {0}'"
    );

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = Descriptor.Error(
        DiagnosticIds.ContainingTypeNotPartial,
        DiagnosticCategories.Usage,
        "Type that contains a map must be partial",
        "'{0}' contains the map declaration '{1}' but is not partial, so the map class cannot be generated in it: declare '{0}' as partial"
    );

    public static readonly DiagnosticDescriptor MapTypeMissing = Descriptor.Error(
        DiagnosticIds.MapTypeMissing,
        DiagnosticCategories.Usage,
        "Map type is missing",
        "The map of '{0}' has no type: {1}; set Type, for example 'Type = {2}'"
    );

    public static readonly DiagnosticDescriptor MapTypeWithoutClass = Descriptor.Error(
        DiagnosticIds.MapTypeWithoutClass,
        DiagnosticCategories.Usage,
        "Map type has no typed class",
        "{0} maps have no typed class; use RawMap for the map of '{1}'"
    );

    public static readonly DiagnosticDescriptor LanguageTooOld = Descriptor.Error(
        DiagnosticIds.LanguageTooOld,
        DiagnosticCategories.Usage,
        "C# version is too old",
        "{0} of '{1}' generates code that needs C# {2}, but this project is compiled as C# {3}: remove LangVersion from the project, or set it to {2} or later"
    );

    public static readonly DiagnosticDescriptor DeclarationNotSupported = Descriptor.Error(
        DiagnosticIds.DeclarationNotSupported,
        DiagnosticCategories.Usage,
        "Type cannot declare a map",
        "'{0}' cannot declare a map because {1}"
    );

    public static readonly DiagnosticDescriptor KeyMissing = Descriptor.Error(
        DiagnosticIds.KeyMissing,
        DiagnosticCategories.Usage,
        "Key type is missing",
        "{0} maps need a key, but '{1}' neither sets Key nor has a nested struct named 'Key': add 'Key = typeof(...)' or the struct"
    );

    public static readonly DiagnosticDescriptor KeyOnKeylessMap = Descriptor.Error(
        DiagnosticIds.KeyOnKeylessMap,
        DiagnosticCategories.Usage,
        "Map type has no keys",
        "{0}, but '{1}' {2}: remove it"
    );

    public static readonly DiagnosticDescriptor IndexNot4Bytes = Descriptor.Error(
        DiagnosticIds.IndexNot4Bytes,
        DiagnosticCategories.Usage,
        "Key has the wrong size for its map type",
        "The key of {0} maps is {3}, but '{1}' is {2}: use {4}"
    );

    public static readonly DiagnosticDescriptor PrefixKeyExpected = Descriptor.Error(
        DiagnosticIds.PrefixKeyExpected,
        DiagnosticCategories.Usage,
        "Key of a trie must be LpmKey<T>",
        "The key of an LpmTrie map is LpmKey<T> with 1 to 256 bytes of data, but {0}"
    );

    public static readonly DiagnosticDescriptor ValueMissing = Descriptor.Error(
        DiagnosticIds.ValueMissing,
        DiagnosticCategories.Usage,
        "Value type is missing",
        "The map class '{0}' has no value type: {1}"
    );

    public static readonly DiagnosticDescriptor ValueOnStruct = Descriptor.Error(
        DiagnosticIds.ValueOnStruct,
        DiagnosticCategories.Usage,
        "The annotated struct is the value",
        "'{0}' is the value of its map, so it cannot set Value to '{1}': remove Value, or put the attribute on a partial class"
    );

    public static readonly DiagnosticDescriptor TypeNotAccessible = Descriptor.Error(
        DiagnosticIds.TypeNotAccessible,
        DiagnosticCategories.Usage,
        "Type is less accessible than its map class",
        "'{0}' is {1}, so the map class '{2}' cannot use it as its {3}: make it at least {4}"
    );

    public static readonly DiagnosticDescriptor ClassNameUnusable = Descriptor.Error(
        DiagnosticIds.ClassNameUnusable,
        DiagnosticCategories.Usage,
        "Name of the generated class cannot be used",
        "The map class of '{0}' cannot be named '{1}': {2}"
    );

    public static readonly DiagnosticDescriptor NameInvalid = Descriptor.Error(
        DiagnosticIds.NameInvalid,
        DiagnosticCategories.Usage,
        "Map name is not valid",
        "'{0}' is not a valid map name: {1}; set Name, for example 'Name = \"{2}\"'"
    );

    public static readonly DiagnosticDescriptor NameDeclaredTwice = Descriptor.Warning(
        DiagnosticIds.NameDeclaredTwice,
        DiagnosticCategories.Usage,
        "Map name is declared twice with different shapes",
        "The map '{0}' is declared as {1} by '{2}' and as {3} by '{4}': one of them does not match the BPF side",
        isReportedAtEnd: true
    );

    public static readonly DiagnosticDescriptor MaxEntriesRefused = Descriptor.Error(
        DiagnosticIds.MaxEntriesRefused,
        DiagnosticCategories.Usage,
        "MaxEntries is refused by the kernel",
        "MaxEntries of '{0}' is {1}, but {2}"
    );

    public static readonly DiagnosticDescriptor MapExtraRefused = Descriptor.Error(
        DiagnosticIds.MapExtraRefused,
        DiagnosticCategories.Usage,
        "MapExtra is refused by the kernel",
        "MapExtra of '{0}' is {1}, but {2}"
    );

    public static readonly DiagnosticDescriptor FlagsRefused = Descriptor.Error(
        DiagnosticIds.FlagsRefused,
        DiagnosticCategories.Usage,
        "Flags are refused by the kernel",
        "{0} maps do not accept {1}; they accept {2}"
    );

    public static readonly DiagnosticDescriptor FlagsContradictory = Descriptor.Error(
        DiagnosticIds.FlagsContradictory,
        DiagnosticCategories.Usage,
        "Flags contradict each other",
        "The flags of '{0}' contradict each other: {1}"
    );

    public static readonly DiagnosticDescriptor NotAggregatable = Descriptor.Error(
        DiagnosticIds.NotAggregatable,
        DiagnosticCategories.Usage,
        "Per-CPU value cannot be aggregated",
        "'{0}' cannot be added up over the CPUs because {1}: {2}"
    );

    public static readonly DiagnosticDescriptor SpinLockMisplaced = Descriptor.Error(
        DiagnosticIds.SpinLockMisplaced,
        DiagnosticCategories.Usage,
        "BpfSpinLock is not allowed here",
        "'{0}' contains a BpfSpinLock, but {1}"
    );

    public static readonly DiagnosticDescriptor ValueIsTheKernels = Descriptor.Error(
        DiagnosticIds.ValueIsTheKernels,
        DiagnosticCategories.Usage,
        "Map type has no declared values",
        "The values of {0} maps are {1} and are not declared, but '{2}' {3}"
    );

    public static readonly DiagnosticDescriptor InnerMissing = Descriptor.Error(
        DiagnosticIds.InnerMissing,
        DiagnosticCategories.Usage,
        "Inner map is missing",
        "{0} maps need an inner map, but '{1}' does not set Inner: add 'Inner = typeof(...)' with the struct or class that declares it"
    );

    public static readonly DiagnosticDescriptor InnerOnOtherMap = Descriptor.Error(
        DiagnosticIds.InnerOnOtherMap,
        DiagnosticCategories.Usage,
        "Only maps of maps have an inner map",
        "{0} maps have no inner maps, but '{1}' sets Inner: remove it"
    );

    public static readonly DiagnosticDescriptor InnerUnusable = Descriptor.Error(
        DiagnosticIds.InnerUnusable,
        DiagnosticCategories.Usage,
        "Type cannot be the inner map",
        "'{0}' cannot be the inner map of '{1}' because {2}"
    );
}
