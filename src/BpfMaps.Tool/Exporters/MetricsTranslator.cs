using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Tool.Exporters;

/// <summary>Translates a configuration of ebpf_exporter to attributes on the declarations of its object.</summary>
internal sealed class MetricsTranslator
{
    private const string Prefix = "ebpf_exporter_";

    private readonly LayoutFile _layout;
    private readonly KeyPlaces _places;
    private readonly DecoderClasses _classes = new();
    private readonly LabelTranslator _labels;
    private readonly Dictionary<string, IReadOnlyList<string>> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Struct, string Field), string> _fields = [];

    private MetricsTranslator(LayoutFile layout)
    {
        _layout = layout;
        _places = new(layout);
        _labels = new(_classes);
    }

    /// <exception cref="KeyNotFoundException">The object has no map with the name of a metric.</exception>
    public static DeclarationMetrics Translate(ExporterConfiguration configuration, LayoutFile layout)
    {
        MetricsTranslator translator = new(layout);
        List<string> unsupported = [.. configuration.Unsupported];
        foreach (ExporterMetric metric in configuration.Metrics)
        {
            if (translator.Add(metric) is { } why)
                unsupported.Add($"map '{metric.Name}': {why}");
        }
        return new(translator._maps, translator._fields, translator._classes.Texts, unsupported);
    }

    /// <returns>What has no equivalent; <see langword="null"/> if the metric was added.</returns>
    private string? Add(ExporterMetric metric)
    {
        LayoutMap map =
            _layout.Maps.FirstOrDefault(m => m.Name == metric.Name)
            ?? throw new KeyNotFoundException(
                $"the object has no map '{metric.Name}'; its maps are {string.Join(", ", _layout.Maps.Select(static m => m.Name))}"
            );
        if (map.Value is not { Count: 0 } value || !LayoutNumbers.IsKnown(value.Element) || !LayoutNumbers.IsInteger(value.Element))
            return "its values are not integers";
        List<string> lines = [];
        Dictionary<(string, string), string> fields = [];
        if (AddLabels(metric, map, lines, fields) is { } why)
            return why;
        if (MetricOf(metric, out why) is not { } attribute)
            return why;
        lines.Add(attribute);
        foreach (((string, string) field, string text) in fields)
            _fields[field] = text;
        _maps[metric.Name] = lines;
        return null;
    }

    private string? AddLabels(ExporterMetric metric, LayoutMap map, List<string> lines, Dictionary<(string, string), string> fields)
    {
        if (metric.Buckets is not null && metric.Labels.Count == 0)
            return "a histogram needs a label for its bucket";
        int offset = 0;
        for (int i = 0; i < metric.Labels.Count; i++)
        {
            ExporterLabel label = metric.Labels[i];
            bool isBucket = metric.Buckets is not null && i == metric.Labels.Count - 1;
            if (label.Name == "cpu" && offset == map.KeySize)
                return "label 'cpu' of each CPU: the values of all CPUs are added up";
            if (map.Key is not { } key)
                return $"label '{label.Name}': the object does not define the type of the keys";
            if (_places.Find(key, offset, label.Size) is not { } place)
                return $"label '{label.Name}': bytes {offset.Text()} to {(offset + label.Size - 1).Text()} are not a field of the key";
            string why = "";
            string? attribute = isBucket ? BucketOf(place, out why) : _labels.Translate(label, place.Type, out why);
            if (attribute is null)
                return $"label '{label.Name}': {why}";
            if (place.Struct is null)
                lines.Add(attribute);
            else if (!fields.TryAdd((place.Struct, place.Field), attribute) || DiffersElsewhere(place, attribute))
                return $"label '{label.Name}': field '{place.Field}' has different labels in different places";
            offset += label.Size + label.Padding;
        }
        return metric.Labels.Count > 0 && offset != map.KeySize
            ? $"its labels have {offset.Text()} bytes, but its keys have {map.KeySize.Text()}"
            : null;
    }

    private bool DiffersElsewhere(KeyPlace place, string attribute) =>
        _fields.TryGetValue((place.Struct!, place.Field), out string? other) && other != attribute;

    private static string? BucketOf(KeyPlace place, out string why)
    {
        bool isInteger =
            place.Type is { Count: 0, CName: not ("__be16" or "__be32" or "__be64") }
            && LayoutNumbers.IsKnown(place.Type.Element)
            && LayoutNumbers.IsInteger(place.Type.Element);
        why = isInteger ? "" : "the bucket is not an integer";
        return isInteger ? "[BpfBucket]" : null;
    }

    private static string? MetricOf(ExporterMetric metric, out string? why)
    {
        (string name, string? unit) = NameOf(metric.Name);
        string arguments = DocText.Literal(name);
        if (unit is not null)
            arguments += $", Unit = \"{unit}\"";
        if (metric.Help.Length > 0)
            arguments += $", Description = {DocText.Literal(metric.Help)}";
        why = null;
        if (metric.Buckets is null)
            return $"[BpfCounter({arguments})]";
        string? buckets = BucketArguments.Of(metric.Buckets, out why);
        return buckets is null ? null : $"[BpfHistogram({arguments}, {buckets})]";
    }

    /// <summary>Gets the name that becomes the exporter's in Prometheus text.</summary>
    private static (string Name, string? Unit) NameOf(string name)
    {
        const string Total = "_total";
        string bare = Prefix + (name.EndsWith(Total, StringComparison.Ordinal) ? name[..^Total.Length] : name);
        foreach ((string word, string unit) in new[] { ("_seconds", "s"), ("_bytes", "By") })
        {
            if (bare.EndsWith(word, StringComparison.Ordinal))
                return (bare[..^word.Length], unit);
        }
        return (bare, null);
    }
}
