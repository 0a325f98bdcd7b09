using System.CommandLine;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;

namespace BpfMaps.Tool.Commands;

/// <summary><c>bpfmaps generate x.bpf.o</c>: the maps of an object as C# declarations.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        Argument<string> path = new("object") { Description = "A compiled BPF object (.bpf.o)." };
        Option<string?> space = new("--namespace", "-n") { Description = "The namespace of the declarations; the global one if not given." };
        Command command = new("generate", "Writes C# for the maps of a BPF object: [BpfMap] classes, and the structs and enums that they use.") { path, space };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(path), arguments.GetValue(space)));
        return command;
    }

    private static int Run(string path, string? space)
    {
        string? @namespace = space is null ? null : CSharpNames.Namespace(space) ?? throw new ArgumentException($"'{space}' is no namespace of C#: expected names with dots between them");
        // By way of the text that the compiler reads: what is written here and what the compiler checks it against cannot differ.
        string text = LayoutWriter.Write(BpfObjectFile.Open(path));
        LayoutFile layout = LayoutFileParser.Parse(text, out LayoutFileError? error) ?? throw new InvalidDataException($"'{path}' cannot be described: {error!.Message} (line {error.Line} of its .layout)");
        Console.Out.Write(DeclarationEmitter.Emit(layout, Path.GetFileName(path), @namespace));
        return ExitCode.Success;
    }
}
