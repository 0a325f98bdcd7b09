using System.CommandLine;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;
using BpfMaps.Metadata;
using BpfMaps.Tool.Exporters;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps generate x.bpf.o</c>, which writes C# declarations of the maps of an object.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        Argument<string> path = new("object") { Description = "A compiled BPF object (.bpf.o)." };
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
            space,
            types,
            metrics,
        };
        command.SetAction(arguments =>
            Run(arguments.GetRequiredValue(path), arguments.GetValue(space), arguments.GetValue(types) ?? [], arguments.GetValue(metrics))
        );
        return command;
    }

    private static int Run(string path, string? space, string[] types, string? configuration)
    {
        string? @namespace = space is null
            ? null
            : CSharpNames.Namespace(space)
                ?? throw new ArgumentException($"'{space}' is not a C# namespace; expected names separated by dots");
        // Uses the text that the compiler reads, so that the declarations always match the compiler's checks.
        string text = LayoutWriter.Write(BpfObjectFile.Open(path), types);
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
        Console.Out.Write(DeclarationEmitter.Emit(layout, Path.GetFileName(path), @namespace, more, metrics));
        return ExitCode.Success;
    }
}
