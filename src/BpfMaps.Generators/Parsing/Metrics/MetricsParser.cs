using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Parses metrics from attributes on the key, the value and the type that declares the map.</summary>
internal sealed class MetricsParser
{
    private readonly MapDeclaration _declaration;
    private readonly List<AnnotatedField> _ofKey = [];
    private readonly List<AnnotatedField> _ofValue = [];

    private MetricsParser(MapDeclaration declaration) => _declaration = declaration;

    /// <returns><see langword="null"/> if the map has no metrics, or if an error was reported.</returns>
    public static MetricsSpec? Parse(
        MapDeclaration declaration,
        ITypeSymbol? keyType,
        TypeLayout? key,
        ITypeSymbol? valueType,
        TypeLayout? value
    )
    {
        MetricsParser parser = new(declaration);
        parser.AddWhole(keyType, key, valueType, value);
        parser._ofKey.AddRange(AnnotatedField.In(declaration, keyType, key));
        parser._ofValue.AddRange(AnnotatedField.In(declaration, valueType, value));
        if (parser._ofKey.Count + parser._ofValue.Count == 0 || !parser.CheckPlaces())
            return null;
        // Several maps may use the key, and its labels may be for another one of them.
        if (!parser._ofValue.Exists(static f => f.Annotation.Metric is not null))
            return null;
        return parser.Parse(valueType, value!);
    }

    /// <summary>Adds attributes on the declaring type: labels and buckets apply to the whole key, metrics to the whole value.</summary>
    private void AddWhole(ITypeSymbol? keyType, TypeLayout? key, ITypeSymbol? valueType, TypeLayout? value)
    {
        foreach (Annotation annotation in Annotation.Of(_declaration.Target, _declaration))
        {
            if (annotation.Metric is not null && valueType is not null && value is not null)
                _ofValue.Add(AnnotatedField.Whole(annotation, valueType, value));
            else if (annotation.Metric is null && keyType is not null && key is not null)
                _ofKey.Add(AnnotatedField.Whole(annotation, keyType, key));
            else
                ReportMisplaced(
                    annotation,
                    $"{_declaration.Kind.Type} maps have no declared {(annotation.Metric is null ? "keys" : "values")}"
                );
        }
    }

    private bool CheckPlaces()
    {
        bool isReadable =
            _declaration.Kind.Type
            is BpfMapType.Hash
                or BpfMapType.LruHash
                or BpfMapType.PerCpuHash
                or BpfMapType.LruPerCpuHash
                or BpfMapType.Array
                or BpfMapType.PerCpuArray
                or BpfMapType.LpmTrie
                or BpfMapType.CgroupStorage
                or BpfMapType.PerCpuCgroupStorage;
        foreach (AnnotatedField field in _ofKey.Where(static f => f.Annotation.Metric is not null))
            ReportMisplaced(field.Annotation, "it is a field of the key: metrics are fields of the value");
        foreach (AnnotatedField field in _ofValue.Where(static f => f.Annotation.Metric is null))
            ReportMisplaced(field.Annotation, "it is a field of the value: labels and buckets are fields of the key");
        if (isReadable)
            return !_declaration.Reporter.HasErrors;
        // Types may be shared with maps of other types; only attributes that apply to this map alone are errors.
        if (!_declaration.IsClassForm || Annotation.Of(_declaration.Target, _declaration).Any())
            ReportMisplaced(
                _ofValue.Concat(_ofKey).First().Annotation,
                $"the elements of {_declaration.Kind.Type} maps cannot be read without removing them"
            );
        return false;
    }

    private MetricsSpec? Parse(ITypeSymbol? valueType, TypeLayout value)
    {
        List<LabelSpec> labels = [];
        NumberField? bucket = null;
        foreach (AnnotatedField field in _ofKey)
        {
            if (field.Annotation.What == "Bucket")
                bucket = ParseBucket(field, bucket);
            else if (LabelParser.Parse(field, _declaration, labels) is { } label)
                labels.Add(label);
        }
        List<MetricSpec> metrics = [];
        Dictionary<string, AnnotatedField> names = new(StringComparer.Ordinal);
        foreach (AnnotatedField field in _ofValue)
        {
            CheckName(field, names);
            MetricSpec? metric =
                field.Annotation.Metric == BpfMetricKind.Histogram
                    ? HistogramParser.Parse(field, bucket, new(valueType!, value), _declaration)
                    : ParseNumber(field);
            if (metric is not null)
                metrics.Add(metric);
        }
        if (bucket is not null && !_ofValue.Exists(static f => f.Annotation.Metric == BpfMetricKind.Histogram))
            ReportMisplaced(
                _ofKey.First(static f => f.Annotation.What == "Bucket").Annotation,
                "the value has no field with [BpfHistogram]"
            );
        return _declaration.Reporter.HasErrors ? null : new(labels.ToEquatableArray(), metrics.ToEquatableArray(), bucket);
    }

    private NumberField? ParseBucket(AnnotatedField field, NumberField? before)
    {
        if (before is not null)
            ReportMisplaced(field.Annotation, "another field of the key is the bucket");
        else if (field.Count == 0 && field.Number is { Kind: BpfTypeKind.Unsigned or BpfTypeKind.Signed } number)
            return number;
        else
            ReportMisplaced(field.Annotation, "it is not an integer of at most 8 bytes");
        return before;
    }

    private MetricSpec? ParseNumber(AnnotatedField field)
    {
        BpfMetricKind kind = field.Annotation.Metric!.Value;
        if (field.Count == 0 && field.Number is { } number && ScaleOf(field.Annotation) is { } scale)
            return new(
                kind,
                field.Annotation.Name,
                field.Annotation.Get<string>("Unit"),
                field.Annotation.Get<string>("Description"),
                scale,
                number,
                null
            );
        string why =
            field.Count > 0 ? "it is an array: use [BpfHistogram] if its slots are the buckets of a histogram"
            : field.Number is null ? $"'{field.Layout.DisplayName}' is not a number of at most 8 bytes in host order"
            : "its Scale is not a finite number above 0";
        _declaration.Reporter.Error(
            MetricDescriptors.MetricNotANumber,
            field.Annotation.Place,
            field.Annotation.Owner,
            kind == BpfMetricKind.Counter ? "counter" : "gauge",
            why
        );
        return null;
    }

    /// <returns><see langword="null"/> if the scale is not valid.</returns>
    internal static double? ScaleOf(Annotation annotation)
    {
        double scale = annotation.Number("Scale", 1);
        return scale > 0 && !double.IsInfinity(scale) ? scale : null;
    }

    private void CheckName(AnnotatedField field, Dictionary<string, AnnotatedField> names)
    {
        Annotation annotation = field.Annotation;
        if (MetricNames.WhyNotMetric(annotation.Name) is { } why)
        {
            string nearest = MetricNames.NearestMetric(annotation.Name);
            _declaration.Reporter.Error(
                MetricDescriptors.MetricNameInvalid,
                annotation.PlaceOfName,
                DiagnosticProperties.Of((DiagnosticProperties.ArgumentValue, $"\"{nearest}\"")),
                annotation.Name,
                why,
                nearest
            );
            return;
        }
        string name = MetricNames.Normalize(annotation.Name);
        if (names.TryGetValue(name, out AnnotatedField? earlier))
            _declaration.Reporter.Error(
                MetricDescriptors.MetricDeclaredTwice,
                annotation.PlaceOfName,
                annotation.Name,
                annotation.Owner,
                earlier.Annotation.Owner,
                earlier.Annotation.Name
            );
        else
            names.Add(name, field);
    }

    private void ReportMisplaced(Annotation annotation, string why) =>
        _declaration.Reporter.Error(MetricDescriptors.MetricAttributeMisplaced, annotation.Place, annotation.What, annotation.Owner, why);
}
