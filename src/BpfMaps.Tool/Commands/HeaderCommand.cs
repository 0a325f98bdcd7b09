using System.CommandLine;
using BpfMaps.Tool.Building;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps header app.dll</c>, which writes the C header of an assembly.</summary>
internal static class HeaderCommand
{
    public static Command Create()
    {
        Argument<string> path = new("assembly") { Description = "An assembly built with <BpfExportHeader>true</BpfExportHeader>." };
        Option<string?> output = new("--output", "-o") { Description = "The file to write. Default: standard output." };
        Command command = new("header", "Writes the structs, enums and maps that an assembly declares as a C header.") { path, output };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(path), arguments.GetValue(output)));
        return command;
    }

    private static int Run(string path, string? output)
    {
        string text = HeaderFile.Read(path);
        if (output is null)
            Console.Out.Write(text);
        else
            HeaderFile.WriteIfChanged(output, text);
        return ExitCode.Success;
    }
}
