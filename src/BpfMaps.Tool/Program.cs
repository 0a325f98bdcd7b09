using System.CommandLine;
using BpfMaps;
using BpfMaps.Tool.Commands;

RootCommand root = new("Looks into BPF objects and maps.")
{
    LayoutCommand.Create(),
    ShowCommand.Create(),
    ListCommand.Create(),
    DumpCommand.Create(),
    GenerateCommand.Create(),
    BuildCommand.Create(),
};

ParseResult arguments = root.Parse(args);
if (arguments.Errors.Count != 0)
{
    arguments.Invoke();
    return ExitCode.Usage;
}

try
{
    return arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (exception is BpfException or BpfFormatException or IOException or UnauthorizedAccessException or KeyNotFoundException or PlatformNotSupportedException)
{
    Console.Error.WriteLine($"bpfmaps: {exception.Message}");
    return ExitCode.Failure;
}
