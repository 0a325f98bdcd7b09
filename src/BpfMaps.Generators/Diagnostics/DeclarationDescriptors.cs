using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>What a declaration may say.</summary>
internal static class DeclarationDescriptors
{
    public static readonly DiagnosticDescriptor MapClassNotPartial = new(
        DiagnosticIds.MapClassNotPartial,
        "Map class must be partial",
        "'{0}' is marked [BpfMap] but is not partial, so no operations can be generated into it: declare it 'partial class {0}'",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MapClassNotPartial + ".md");

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = new(
        DiagnosticIds.ContainingTypeNotPartial,
        "Type that contains a map must be partial",
        "'{0}' contains the map declaration '{1}' but is not partial, so the map class cannot be generated beside it: declare '{0}' as partial",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ContainingTypeNotPartial + ".md");

    public static readonly DiagnosticDescriptor MapTypeMissing = new(
        DiagnosticIds.MapTypeMissing,
        "Map type is missing",
        "The map of '{0}' has no kind: {1}; set Type, for example 'Type = {2}'",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MapTypeMissing + ".md");

    public static readonly DiagnosticDescriptor MapTypeWithoutClass = new(
        DiagnosticIds.MapTypeWithoutClass,
        "Map type has no typed class",
        "Maps of kind {0} have no generated class; use RawMap for the map of '{1}'",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MapTypeWithoutClass + ".md");

    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        DiagnosticIds.LanguageTooOld,
        "C# version is too old",
        "{0} of '{1}' generates code that needs C# {2}, but this project is compiled as C# {3}: remove LangVersion from the project, or set it to {2} or later",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.LanguageTooOld + ".md");

    public static readonly DiagnosticDescriptor DeclarationNotSupported = new(
        DiagnosticIds.DeclarationNotSupported,
        "Type cannot declare a map",
        "'{0}' cannot declare a map because {1}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.DeclarationNotSupported + ".md");

    public static readonly DiagnosticDescriptor KeyMissing = new(
        DiagnosticIds.KeyMissing,
        "Key type is missing",
        "Maps of kind {0} need a key, but '{1}' neither sets Key nor has a nested struct named 'Key': add 'Key = typeof(...)' or the struct",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.KeyMissing + ".md");

    public static readonly DiagnosticDescriptor KeyOnKeylessMap = new(
        DiagnosticIds.KeyOnKeylessMap,
        "Map type has no keys",
        "{0}, but '{1}' {2}: remove it",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.KeyOnKeylessMap + ".md");

    public static readonly DiagnosticDescriptor IndexNot4Bytes = new(
        DiagnosticIds.IndexNot4Bytes,
        "Key has the wrong size for its kind",
        "The key of {0} maps is {3}, but '{1}' is {2}: use {4}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.IndexNot4Bytes + ".md");

    public static readonly DiagnosticDescriptor PrefixKeyExpected = new(
        DiagnosticIds.PrefixKeyExpected,
        "Key of a trie must be LpmKey<T>",
        "The key of an LpmTrie map is LpmKey<T> with 1 to 256 bytes of data, but {0}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.PrefixKeyExpected + ".md");

    public static readonly DiagnosticDescriptor ValueMissing = new(
        DiagnosticIds.ValueMissing,
        "Value type is missing",
        "The map class '{0}' has no value type: {1}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ValueMissing + ".md");

    public static readonly DiagnosticDescriptor ValueOnStruct = new(
        DiagnosticIds.ValueOnStruct,
        "The annotated struct is the value",
        "'{0}' is the value of its map, so it cannot set Value to '{1}': remove Value, or put the attribute on a partial class",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ValueOnStruct + ".md");

    public static readonly DiagnosticDescriptor TypeNotAccessible = new(
        DiagnosticIds.TypeNotAccessible,
        "Type is less accessible than its map class",
        "'{0}' is {1}, so the map class '{2}' cannot have it as its {3}: make it at least {4}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.TypeNotAccessible + ".md");

    public static readonly DiagnosticDescriptor ClassNameUnusable = new(
        DiagnosticIds.ClassNameUnusable,
        "Name of the generated class cannot be used",
        "The map class of '{0}' cannot be called '{1}': {2}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ClassNameUnusable + ".md");

    public static readonly DiagnosticDescriptor NameInvalid = new(
        DiagnosticIds.NameInvalid,
        "Map name is not valid",
        "The kernel does not take '{0}' as the name of a map: {1}; set Name, for example 'Name = \"{2}\"'",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.NameInvalid + ".md");

    public static readonly DiagnosticDescriptor NameDeclaredTwice = new(
        DiagnosticIds.NameDeclaredTwice,
        "Map name is declared twice with different shapes",
        "The map '{0}' is declared as {1} by '{2}' and as {3} by '{4}': one of them does not match the BPF side",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.NameDeclaredTwice + ".md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor MaxEntriesRefused = new(
        DiagnosticIds.MaxEntriesRefused,
        "MaxEntries is refused by the kernel",
        "MaxEntries of '{0}' is {1}, but {2}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MaxEntriesRefused + ".md");

    public static readonly DiagnosticDescriptor MapExtraRefused = new(
        DiagnosticIds.MapExtraRefused,
        "MapExtra is refused by the kernel",
        "The kernel does not take {1} as map_extra of the map of '{0}': {2}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MapExtraRefused + ".md");

    public static readonly DiagnosticDescriptor FlagsRefused = new(
        DiagnosticIds.FlagsRefused,
        "Flags are refused by the kernel",
        "{0} maps do not take {1}; they take {2}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.FlagsRefused + ".md");

    public static readonly DiagnosticDescriptor FlagsContradictory = new(
        DiagnosticIds.FlagsContradictory,
        "Flags contradict each other",
        "The flags of '{0}' contradict each other: {1}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.FlagsContradictory + ".md");

    public static readonly DiagnosticDescriptor NotAggregatable = new(
        DiagnosticIds.NotAggregatable,
        "Per-CPU value cannot be aggregated",
        "'{0}' is not a number that can be added up over the CPUs ({1}): {2}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.NotAggregatable + ".md");

    public static readonly DiagnosticDescriptor SpinLockMisplaced = new(
        DiagnosticIds.SpinLockMisplaced,
        "BpfSpinLock is in a place where the kernel refuses it",
        "'{0}' holds a BpfSpinLock, but {1}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.SpinLockMisplaced + ".md");

    public static readonly DiagnosticDescriptor ValueIsTheKernels = new(
        DiagnosticIds.ValueIsTheKernels,
        "Values of this map type are the kernel's",
        "Maps of kind {0} hold {1}, so no declaration says what their values are, but '{2}' {3}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.ValueIsTheKernels + ".md");

    public static readonly DiagnosticDescriptor InnerMissing = new(
        DiagnosticIds.InnerMissing,
        "Inner map is missing",
        "Maps of kind {0} need an inner map, but '{1}' does not set Inner: add 'Inner = typeof(...)' with the struct or class that declares it",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.InnerMissing + ".md");

    public static readonly DiagnosticDescriptor InnerOnOtherMap = new(
        DiagnosticIds.InnerOnOtherMap,
        "Only maps of maps have an inner map",
        "Maps of kind {0} have no inner maps, but '{1}' sets Inner: remove it",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.InnerOnOtherMap + ".md");

    public static readonly DiagnosticDescriptor InnerUnusable = new(
        DiagnosticIds.InnerUnusable,
        "Type cannot be the inner map",
        "'{0}' cannot be the inner map of '{1}' because {2}",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.InnerUnusable + ".md");
}
