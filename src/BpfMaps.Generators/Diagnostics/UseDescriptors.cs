using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Diagnostics of code that uses maps.</summary>
internal static class UseDescriptors
{
    public static readonly DiagnosticDescriptor RawSpanSize = Descriptor.Warning(
        DiagnosticIds.RawSpanSize,
        DiagnosticCategories.Usage,
        "Span length does not match the map",
        "'{0}' is {1} bytes long, but the {2} of '{3}' is {4} bytes: the call throws"
    );

    public static readonly DiagnosticDescriptor MapNotDisposed = Descriptor.Info(
        DiagnosticIds.MapNotDisposed,
        DiagnosticCategories.Usage,
        "Map is never disposed",
        "The map in '{0}' is never disposed, so its descriptor stays open until a finalizer runs: declare it with 'using'"
    );

    public static readonly DiagnosticDescriptor LookupInLoop = Descriptor.Info(
        DiagnosticIds.LookupInLoop,
        DiagnosticCategories.Performance,
        "Lookup in a loop over the keys",
        "'{0}.{1}' makes a system call for every key: use 'foreach' over '{0}', which reads keys and values in batches"
    );
}
