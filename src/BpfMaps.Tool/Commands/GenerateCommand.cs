using System.CommandLine;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Commands;

/// <summary><c>bpfmaps generate x.bpf.o</c>: the maps of an object as C# declarations.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        Argument<string> path = new("object") { Description = "A compiled BPF object (.bpf.o)." };
        Option<string?> space = new("--namespace", "-n") { Description = "The namespace of the declarations; the global one if not given." };
        Option<string[]> types = new("--type", "-t") { Description = "A type that no map is of, such as the record of a ring: its name, or that of a constant of an enumeration. Can be given several times; '*' for all." };
        Command command = new("generate", "Writes C# for the maps of a BPF object: [BpfMap] classes, and the structs and enums that they use.") { path, space, types };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(path), arguments.GetValue(space), arguments.GetValue(types) ?? []));
        return command;
    }

    private static int Run(string path, string? space, string[] types)
    {
        string? @namespace = space is null ? null : CSharpNames.Namespace(space) ?? throw new ArgumentException($"'{space}' is no namespace of C#: expected names with dots between them");
        // By way of the text that the compiler reads: what is written here and what the compiler checks it against cannot differ.
        string text = LayoutWriter.Write(BpfObjectFile.Open(path), types);
        LayoutFile layout = LayoutFileParser.Parse(text, out LayoutFileError? error)
            ?? throw new InvalidDataException($"'{path}' cannot be described: {error!.Message} (line {error.Line} of its .layout)");
        List<LayoutType> more = [];
        foreach (string type in types)
        {
            LayoutType[] found = [.. LayoutTypeNames.Find(layout, type)];
            more.AddRange(found.Length != 0 ? found : throw new KeyNotFoundException($"{path} has no type '{type}'; {LayoutTypeNames.Hint(layout, type)}"));
        }
        Console.Out.Write(DeclarationEmitter.Emit(layout, Path.GetFileName(path), @namespace, more));
        return ExitCode.Success;
    }
}
