using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>How maps are used.</summary>
internal static class UseDescriptors
{
    public static readonly DiagnosticDescriptor RawSpanSize = new(
        DiagnosticIds.RawSpanSize,
        "Span has another size than the map",
        "'{0}' is {1} bytes long, but the {2} of '{3}' is {4} bytes: the call will throw",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.RawSpanSize + ".md");

    public static readonly DiagnosticDescriptor MapNotDisposed = new(
        DiagnosticIds.MapNotDisposed,
        "Map is never disposed",
        "The map in '{0}' is never disposed, so its descriptor stays open until a finalizer runs: declare it with 'using'",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MapNotDisposed + ".md");

    public static readonly DiagnosticDescriptor LookupInLoop = new(
        DiagnosticIds.LookupInLoop,
        "Lookup in a loop over the keys",
        "'{0}.{1}' is a system call for every key: 'foreach' over '{0}' itself reads keys and values in batches",
        DiagnosticCategories.Performance,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.LookupInLoop + ".md");
}
