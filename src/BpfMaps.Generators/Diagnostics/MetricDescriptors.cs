using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Diagnostics of metrics.</summary>
internal static class MetricDescriptors
{
    public static readonly DiagnosticDescriptor MetricNameInvalid = Descriptor.Error(
        DiagnosticIds.MetricNameInvalid,
        DiagnosticCategories.Usage,
        "Metric name is not valid",
        "'{0}' is not a valid metric name: {1}; use '{2}', for example"
    );

    public static readonly DiagnosticDescriptor LabelNameInvalid = Descriptor.Error(
        DiagnosticIds.LabelNameInvalid,
        DiagnosticCategories.Usage,
        "Label name is not valid",
        "'{0}' is not a valid label name: {1}; use '{2}', for example"
    );

    public static readonly DiagnosticDescriptor LabelNotText = Descriptor.Error(
        DiagnosticIds.LabelNotText,
        DiagnosticCategories.Usage,
        "Field cannot be a label",
        "'{0}' cannot be a label because {1}"
    );

    public static readonly DiagnosticDescriptor MetricDeclaredTwice = Descriptor.Error(
        DiagnosticIds.MetricDeclaredTwice,
        DiagnosticCategories.Usage,
        "Metric is declared twice in one map",
        "The metric '{0}' of '{1}' has the same name as the metric '{3}' of '{2}': rename one of them"
    );

    public static readonly DiagnosticDescriptor MetricsDiffer = Descriptor.Warning(
        DiagnosticIds.MetricsDiffer,
        DiagnosticCategories.Usage,
        "Metrics with the same name differ",
        "The metric '{0}' is declared by '{1}' as {2} and by '{3}' as {4}: metrics with the same name must have the same kind, unit and labels",
        isReportedAtEnd: true
    );

    public static readonly DiagnosticDescriptor HistogramInvalid = Descriptor.Error(
        DiagnosticIds.HistogramInvalid,
        DiagnosticCategories.Usage,
        "Field cannot be a histogram",
        "'{0}' cannot be a histogram because {1}"
    );

    public static readonly DiagnosticDescriptor MetricNotANumber = Descriptor.Error(
        DiagnosticIds.MetricNotANumber,
        DiagnosticCategories.Usage,
        "Field cannot be a counter or gauge",
        "'{0}' cannot be a {1} because {2}"
    );

    public static readonly DiagnosticDescriptor DecoderUnusable = Descriptor.Error(
        DiagnosticIds.DecoderUnusable,
        DiagnosticCategories.Usage,
        "Type cannot decode the label",
        "'{0}' cannot decode '{1}' because {2}"
    );

    public static readonly DiagnosticDescriptor LabelMatchInvalid = Descriptor.Error(
        DiagnosticIds.LabelMatchInvalid,
        DiagnosticCategories.Usage,
        "Match is not a regular expression",
        "The Match of the label '{0}' is not a regular expression: {1}"
    );

    public static readonly DiagnosticDescriptor MetricAttributeMisplaced = Descriptor.Error(
        DiagnosticIds.MetricAttributeMisplaced,
        DiagnosticCategories.Usage,
        "Attribute has no effect here",
        "[Bpf{0}] on '{1}' has no effect because {2}"
    );
}
