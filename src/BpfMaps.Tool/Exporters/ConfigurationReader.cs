using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BpfMaps.Tool.Exporters;

/// <summary>Reads configurations of ebpf_exporter 2 (YAML).</summary>
internal sealed class ConfigurationReader
{
    private readonly string _path;
    private readonly List<string> _unsupported = [];

    private ConfigurationReader(string path) => _path = path;

    /// <exception cref="InvalidDataException">The file is not YAML, or not such a configuration.</exception>
    public static ExporterConfiguration Read(string path)
    {
        ConfigurationReader reader = new(path);
        try
        {
            using StreamReader text = File.OpenText(path);
            YamlStream stream = [];
            stream.Load(text);
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? reader.ReadRoot(root)
                : throw new InvalidDataException($"'{path}' is not a configuration of ebpf_exporter: expected one mapping");
        }
        catch (YamlException exception)
        {
            throw new InvalidDataException($"'{path}' is not valid YAML: {exception.Message} (line {exception.Start.Line})");
        }
    }

    private ExporterConfiguration ReadRoot(YamlMappingNode root)
    {
        List<ExporterMetric> metrics = [];
        foreach ((string key, YamlNode value) in Entries(root))
        {
            switch (key)
            {
                case "metrics":
                    ReadMetrics(value, metrics);
                    break;
                case "programs":
                    throw Invalid(value, "'programs' is of ebpf_exporter 1; only configurations of ebpf_exporter 2 are supported");
                case "tracing":
                    _unsupported.Add("'tracing': read the ring buffers of the spans with their map classes");
                    break;
                case "kaddrs":
                    _unsupported.Add(
                        $"'kaddrs' ({string.Join(", ", Items(value).Select(Text))}): set the variables kaddr_... of the object before Load()"
                    );
                    break;
                default:
                    _unsupported.Add($"'{key}'");
                    break;
            }
        }
        return new(metrics, _unsupported);
    }

    private void ReadMetrics(YamlNode node, List<ExporterMetric> metrics)
    {
        foreach ((string key, YamlNode value) in Entries(node))
        {
            if (key is "counters" or "histograms")
                metrics.AddRange(Items(value).Select(item => ReadMetric(item, isHistogram: key == "histograms")).OfType<ExporterMetric>());
            else
                _unsupported.Add($"'{key}' of 'metrics'");
        }
    }

    /// <returns><see langword="null"/> if the metric is not in the elements of a map.</returns>
    private ExporterMetric? ReadMetric(YamlNode node, bool isHistogram)
    {
        string name = Text(Required(node, "name"));
        string help = "";
        bool isStream = false;
        List<ExporterLabel> labels = [];
        ExporterBuckets buckets = new("", 1, 0, 0, []);
        foreach ((string key, YamlNode value) in Entries(node))
        {
            switch (key)
            {
                case "name" or "flush_interval":
                    break;
                case "help":
                    help = Text(value);
                    break;
                case "labels":
                    labels.AddRange(Items(value).Select(item => ReadLabel(item, name)));
                    break;
                case "perf_event_array":
                    isStream = Flag(value);
                    break;
                case "bucket_type" when isHistogram:
                    buckets = buckets with { Type = Text(value) };
                    break;
                case "bucket_multiplier" when isHistogram:
                    // 0 is the same as no multiplier.
                    buckets = buckets with
                    {
                        Multiplier = Number(value) is var number && number != 0 ? number : 1,
                    };
                    break;
                case "bucket_min" when isHistogram:
                    buckets = buckets with { Min = Integer(value) };
                    break;
                case "bucket_max" when isHistogram:
                    buckets = buckets with { Max = Integer(value) };
                    break;
                case "bucket_keys" when isHistogram:
                    buckets = buckets with { Keys = [.. Items(value).Select(Number)] };
                    break;
                default:
                    _unsupported.Add($"'{key}' of map '{name}'");
                    break;
            }
        }
        if (!isStream)
            return new(name, help, isHistogram ? buckets : null, labels);
        _unsupported.Add($"'perf_event_array' of map '{name}': read its records with its map class, and count them in the program");
        return null;
    }

    private ExporterLabel ReadLabel(YamlNode node, string map)
    {
        string name = Text(Required(node, "name"));
        int padding = 0;
        List<ExporterDecoder> decoders = [];
        foreach ((string key, YamlNode value) in Entries(node))
        {
            if (key == "padding")
                padding = Integer(value);
            else if (key == "decoders")
                decoders.AddRange(Items(value).Select(item => ReadDecoder(item, name, map)));
            else if (key is not ("name" or "size"))
                _unsupported.Add($"'{key}' of label '{name}' of map '{map}'");
        }
        return new(name, Integer(Required(node, "size")), padding, decoders);
    }

    private ExporterDecoder ReadDecoder(YamlNode node, string label, string map)
    {
        ExporterDecoder decoder = new(Text(Required(node, "name")), [], false, []);
        foreach ((string key, YamlNode value) in Entries(node))
        {
            if (key == "static_map")
                decoder = decoder with { StaticMap = [.. Entries(value).Select(e => (e.Key, Text(e.Value)))] };
            else if (key == "allow_unknown")
                decoder = decoder with { AllowsUnknown = Flag(value) };
            else if (key == "regexps")
                decoder = decoder with { Patterns = [.. Items(value).Select(Text)] };
            // How much a decoder caches does not change what it returns.
            else if (key is not ("name" or "skip_cache_size"))
                _unsupported.Add($"'{key}' of decoder '{decoder.Name}' of label '{label}' of map '{map}'");
        }
        return decoder;
    }

    private YamlNode Required(YamlNode node, string key)
    {
        foreach ((string name, YamlNode value) in Entries(node))
        {
            if (name == key)
                return value;
        }
        throw Invalid(node, $"'{key}' is missing");
    }

    private IEnumerable<(string Key, YamlNode Value)> Entries(YamlNode node) =>
        node is YamlMappingNode mapping
            ? mapping.Children.Select(child => (Text(child.Key), child.Value))
            : throw Invalid(node, "expected a mapping");

    private IEnumerable<YamlNode> Items(YamlNode node) =>
        node is YamlSequenceNode sequence ? sequence.Children : throw Invalid(node, "expected a sequence");

    private string Text(YamlNode node) => node is YamlScalarNode { Value: { } text } ? text : throw Invalid(node, "expected text");

    private bool Flag(YamlNode node) =>
        bool.TryParse(Text(node), out bool flag) ? flag : throw Invalid(node, $"'{Text(node)}' is not true or false");

    private int Integer(YamlNode node) =>
        int.TryParse(Text(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Invalid(node, $"'{Text(node)}' is not an integer");

    private double Number(YamlNode node) =>
        double.TryParse(Text(node), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw Invalid(node, $"'{Text(node)}' is not a number");

    private InvalidDataException Invalid(YamlNode node, string what) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{_path}' is not a configuration of ebpf_exporter 2: {what} (line {node.Start.Line})"
            )
        );
}
