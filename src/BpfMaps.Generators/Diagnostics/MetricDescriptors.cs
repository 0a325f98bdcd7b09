using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>What a declaration exports as metrics.</summary>
internal static class MetricDescriptors
{
    public static readonly DiagnosticDescriptor MetricNameInvalid = Error(
        DiagnosticIds.MetricNameInvalid,
        "Metric name is not valid",
        "'{0}' cannot be the name of a metric: {1}; use for example '{2}'");

    public static readonly DiagnosticDescriptor LabelNameInvalid = Error(
        DiagnosticIds.LabelNameInvalid,
        "Label name is not valid",
        "'{0}' cannot be the name of a label: {1}; use for example '{2}'");

    public static readonly DiagnosticDescriptor LabelNotText = Error(
        DiagnosticIds.LabelNotText,
        "Field cannot be a label",
        "'{0}' cannot be a label because {1}");

    public static readonly DiagnosticDescriptor MetricDeclaredTwice = Error(
        DiagnosticIds.MetricDeclaredTwice,
        "Metric is declared twice in one map",
        "The metric '{0}' of '{1}' has the name of the metric '{3}' of '{2}': give one of them another name");

    public static readonly DiagnosticDescriptor MetricsDiffer = new(
        DiagnosticIds.MetricsDiffer,
        "Metrics of one name differ",
        "The metric '{0}' is declared by '{1}' as {2} and by '{3}' as {4}: metrics of one name need the same kind, unit and labels",
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + DiagnosticIds.MetricsDiffer + ".md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor HistogramInvalid = Error(
        DiagnosticIds.HistogramInvalid,
        "Field cannot be a histogram",
        "'{0}' cannot be a histogram because {1}");

    public static readonly DiagnosticDescriptor MetricNotANumber = Error(
        DiagnosticIds.MetricNotANumber,
        "Field cannot be a counter or gauge",
        "'{0}' cannot be a {1} because {2}");

    public static readonly DiagnosticDescriptor DecoderUnusable = Error(
        DiagnosticIds.DecoderUnusable,
        "Type cannot decode the label",
        "'{0}' cannot decode '{1}' because {2}");

    public static readonly DiagnosticDescriptor LabelMatchInvalid = Error(
        DiagnosticIds.LabelMatchInvalid,
        "Match is not a regular expression",
        "The Match of the label '{0}' is not a regular expression: {1}");

    public static readonly DiagnosticDescriptor MetricAttributeMisplaced = Error(
        DiagnosticIds.MetricAttributeMisplaced,
        "Attribute exports nothing here",
        "[Bpf{0}] on '{1}' exports nothing because {2}");

    private static DiagnosticDescriptor Error(string id, string title, string message) => new(
        id,
        title,
        message,
        DiagnosticCategories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DiagnosticIds.HelpLink + id + ".md");
}
