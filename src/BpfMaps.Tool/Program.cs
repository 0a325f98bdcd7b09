using System.CommandLine;
using BpfMaps;
using BpfMaps.Tool.Commands;
using BpfMaps.Tool.Printing;

RootCommand root = new(
    """
    Inspects BPF objects and maps.

    Loaded maps require privileges, and sudo does not search the folder of global tools. Run
      sudo env "PATH=$PATH" bpfmaps list
    or install the tool for all users:
      sudo dotnet tool install --tool-path /usr/local/bin BpfMaps.Tool
    """
)
{
    LayoutCommand.Create(),
    ShowCommand.Create(),
    ListCommand.Create(),
    DumpCommand.Create(),
    GetCommand.Create(),
    SetCommand.Create(),
    DeleteCommand.Create(),
    ClearCommand.Create(),
    PinCommand.CreatePin(),
    PinCommand.CreateUnpin(),
    PinCommand.CreateFreeze(),
    TopCommand.Create(),
    WatchCommand.Create(),
    HistCommand.Create(),
    TailCommand.Create(),
    ProgsCommand.Create(),
    LinksCommand.Create(),
    FeaturesCommand.Create(),
    GenerateCommand.Create(),
    HeaderCommand.Create(),
    VmlinuxCommand.Create(),
    CompletionCommand.Create(),
    BuildCommand.Create(),
};

ParseResult arguments = root.Parse(args);
if (arguments.Errors.Count != 0)
{
    using StringWriter errors = new();
    arguments.Invoke(new InvocationConfiguration { Error = errors });
    foreach (string line in errors.ToString().TrimEnd().Split('\n'))
        Console.Error.WriteEscapedLine(line.TrimEnd('\r'));
    return ExitCode.Usage;
}

try
{
    return arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception)
    when (exception
            is BpfException
                or BpfFormatException
                or InvalidDataException
                or ArgumentException
                or IOException
                or UnauthorizedAccessException
                or KeyNotFoundException
                or NotSupportedException
                or OutOfMemoryException
    )
{
    Console.Error.WriteEscapedLine($"bpfmaps: {exception.Message}");
    return ExitCode.Failure;
}
