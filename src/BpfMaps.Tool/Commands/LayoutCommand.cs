using System.CommandLine;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Commands;

/// <summary><c>bpfmaps layout x.bpf.o</c>: describes an object as text, for the compiler and for people.</summary>
internal static class LayoutCommand
{
    public static Command Create()
    {
        Argument<string> path = new("object") { Description = "A compiled BPF object (.bpf.o)." };
        Option<string?> output = new("--output", "-o") { Description = "The file to write; standard output if not given." };
        Option<string[]> types = new("--type", "-t") { Description = "A type that must be described, such as one of the kernel's that the object only looks at. Can be given several times." };
        Command command = new("layout", "Describes the maps, types and variables of a BPF object as text.") { path, output, types };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(path), arguments.GetValue(output), arguments.GetValue(types) ?? []));
        return command;
    }

    private static int Run(string path, string? output, string[] types)
    {
        string text = LayoutWriter.Write(BpfObjectFile.Open(path), types);
        if (output is null)
            Console.Out.Write(text);
        else
            File.WriteAllText(output, text);
        return ExitCode.Success;
    }
}
