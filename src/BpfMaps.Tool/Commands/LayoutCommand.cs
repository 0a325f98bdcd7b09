using System.CommandLine;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps layout x.bpf.o</c>, which describes an object as text for the compiler.</summary>
internal static class LayoutCommand
{
    public static Command Create()
    {
        Argument<string> path = new("object") { Description = "A compiled BPF object (.bpf.o)." };
        Option<string?> output = new("--output", "-o") { Description = "The file to write. Default: standard output." };
        Option<string[]> types = new("--type", "-t")
        {
            Description = "A type to include even if no map uses it, such as a kernel type that the programs read. Can be repeated.",
        };
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
