using System.CommandLine;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;
using BpfMaps.Metadata;
using BpfMaps.Tool.Exporters;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>
/// The command <c>bpfmaps generate x.bpf.o</c>, which writes C# declarations of the maps of an object, or of a loaded map.
/// </summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        Argument<string> path = new("target") { Description = $"A compiled BPF object (.o), or a loaded map: {MapTarget.Description}" };
        Option<string?> output = new("--output", "-o") { Description = "The file to write. Default: standard output." };
        Option<string?> space = new("--namespace", "-n")
        {
            Description = "The namespace of the declarations. Default: the global namespace.",
        };
        Option<string[]> types = new("--type", "-t")
        {
            Description =
                "A type to write even if no map uses it, such as the record of a ring buffer: its name, or that of an enumeration constant. Can be repeated; '*' for all types.",
        };
        Option<string?> metrics = new("--metrics", "-m")
        {
            Description =
                "A configuration of ebpf_exporter 2 (YAML), whose counters and histograms are declared as metrics of the package BpfMaps.Metrics.",
        };
        Command command = new(
            "generate",
            "Writes C# declarations of the maps of a BPF object: [BpfMap] classes and the structs and enums that they use."
        )
        {
            path,
            output,
            space,
            types,
            metrics,
        };
        command.SetAction(arguments =>
        {
            string code = Generate(
                arguments.GetRequiredValue(path),
                arguments.GetValue(space),
                arguments.GetValue(types) ?? [],
                arguments.GetValue(metrics)
            );
            if (arguments.GetValue(output) is { } file)
                File.WriteAllText(file, code);
            else
                Console.Out.Write(code);
            return ExitCode.Success;
        });
        return command;
    }

    private static string Generate(string path, string? space, string[] types, string? configuration)
    {
        string? @namespace = space is null
            ? null
            : CSharpNames.Namespace(space)
                ?? throw new ArgumentException($"'{space}' is not a C# namespace; expected names separated by dots");
        // Uses the text that the compiler reads, so that the declarations always match the compiler's checks.
        bool isObject =
            path.EndsWith(".o", StringComparison.Ordinal) || File.Exists(path) && !path.StartsWith("/sys/", StringComparison.Ordinal);
        string text = isObject ? LayoutWriter.Write(BpfObjectFile.Open(path), types) : LayoutOfMap(path);
        LayoutFile layout =
            LayoutFileParser.Parse(text, out LayoutFileError? error)
            ?? throw new InvalidDataException(
                $"'{path}' cannot be converted to a layout: {error!.Message} (line {error.Line} of its .layout)"
            );
        List<LayoutType> more = [];
        foreach (string type in types)
        {
            LayoutType[] found = [.. LayoutTypeFinder.Find(layout, type)];
            more.AddRange(
                found.Length != 0
                    ? found
                    : throw new KeyNotFoundException($"{path} has no type '{type}'; {LayoutTypeFinder.Hint(layout, type)}")
            );
        }
        DeclarationMetrics? metrics = configuration is null
            ? null
            : MetricsTranslator.Translate(ConfigurationReader.Read(configuration), layout);
        foreach (string unsupported in metrics?.Unsupported ?? [])
            Console.Error.WriteEscapedLine($"bpfmaps: not supported: {unsupported}");
        return DeclarationEmitter.Emit(layout, isObject ? Path.GetFileName(path) : null, @namespace, more, metrics);
    }

    /// <summary>Describes a loaded map with the types that the kernel has for it.</summary>
    private static string LayoutOfMap(string target)
    {
        using RawMap map = MapTarget.Open(target);
        if (MapTypeFacts.Of(map.Info.Type).HoldsMaps)
            throw new NotSupportedException($"map {map} holds maps, whose types the kernel does not report; generate from the object");
        if (map.Info.Name.Length == 0)
            throw new NotSupportedException($"map {map} has no name, which a declaration needs; generate from the object");
        MapBtf.TryGetLayouts(map, out BpfTypeLayout? key, out BpfTypeLayout? value);
        return LayoutWriter.Write(
            new BpfMapDefinition(map.Info.Name, map.Info.Type)
            {
                KeySize = map.KeySize,
                ValueSize = map.ValueSize,
                MaxEntries = map.Info.MaxEntries,
                Flags = map.Info.Flags & ~(BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly),
                MapExtra = map.Info.MapExtra,
                Key = key,
                Value = value,
            }
        );
    }
}
