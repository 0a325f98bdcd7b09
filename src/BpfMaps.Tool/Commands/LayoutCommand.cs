using System.CommandLine;

namespace BpfMaps.Tool.Commands;

/// <summary><c>bpfmaps layout x.bpf.o</c>: describes an object as text, for the compiler and for people.</summary>
internal static class LayoutCommand
{
    public static Command Create()
    {
        Argument<string> path = new("object") { Description = "A compiled BPF object (.bpf.o)." };
        Option<string?> output = new("--output", "-o") { Description = "The file to write; standard output if not given." };
        Command command = new("layout", "Describes the maps, types and variables of a BPF object as text.") { path, output };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(path), arguments.GetValue(output)));
        return command;
    }

    private static int Run(string path, string? output)
    {
        string text = LayoutWriter.Write(BpfObjectFile.Open(path));
        if (output is null)
            Console.Out.Write(text);
        else
            File.WriteAllText(output, text);
        return ExitCode.Success;
    }
}
