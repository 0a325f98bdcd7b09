using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Creates descriptors. Each is enabled by default and links to its page.</summary>
internal static class Descriptor
{
    public static DiagnosticDescriptor Error(string id, string category, string title, string message) =>
        Create(id, category, title, message, DiagnosticSeverity.Error);

    /// <param name="isReportedAtEnd">Whether it is reported at the end of a compilation, which editors do not wait for.</param>
    public static DiagnosticDescriptor Warning(string id, string category, string title, string message, bool isReportedAtEnd = false) =>
        Create(id, category, title, message, DiagnosticSeverity.Warning, isReportedAtEnd ? [WellKnownDiagnosticTags.CompilationEnd] : []);

    public static DiagnosticDescriptor Info(string id, string category, string title, string message) =>
        Create(id, category, title, message, DiagnosticSeverity.Info);

    public static DiagnosticDescriptor Hidden(string id, string category, string title, string message) =>
        Create(id, category, title, message, DiagnosticSeverity.Hidden);

    private static DiagnosticDescriptor Create(
        string id,
        string category,
        string title,
        string message,
        DiagnosticSeverity severity,
        params string[] tags
    ) =>
        new(
            id,
            title,
            message,
            category,
            severity,
            isEnabledByDefault: true,
            helpLinkUri: $"{DiagnosticIds.HelpLink}{id}.md",
            customTags: tags
        );
}
