// Prints the files that processes open, and why they cannot. bpf/files.bpf.c writes the events to a ring buffer.
using System.Globalization;
using System.Runtime.InteropServices;
using BpfMaps;
using FileTrace;

Options? options = Options.Parse(args, out string? error);
if (options is null)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

if (!BpfHost.IsKernelUsable(out string? missing) || !Libbpf.IsAvailable(out missing))
{
    Console.Error.WriteLine($"FileTrace needs BPF. {missing}");
    return 1;
}

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    using FilesObject program = FilesObject.Open();
    program.Rodata.OnlyPid = options.ProcessId;
    program.Rodata.OwnPid = (uint)Environment.ProcessId;
    program.Rodata.OnlyFailed = options.OnlyFailed ? (byte)1 : (byte)0;
    program.Load();
    using BpfLinkCollection links = program.AttachAll();
    Console.Error.WriteLine("Watching...");
    await PrintAsync(program.Opens);
    if (program.Bss.Lost is > 0 and ulong lost)
        Console.Error.WriteLine($"{lost} events were lost: the ring was full");
    return 0;
}
catch (BpfException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

async Task PrintAsync(OpenRing opens)
{
    Console.WriteLine($"{"pid", 7} {"command", -16} {"fd", 4}  path");
    uint printed = 0;
    try
    {
        await foreach (OpenEvent open in opens.ReadAllAsync(stop.Token))
        {
            string descriptor = open.Result >= 0 ? open.Result.ToString(CultureInfo.InvariantCulture) : "-";
            string failure = open.Result >= 0 ? "" : $": {Marshal.GetPInvokeErrorMessage(-open.Result)}";
            Console.WriteLine($"{open.ProcessId, 7} {open.Command.ToString(), -16} {descriptor, 4}  {open.Path}{failure}");
            if (++printed == options.Count)
                return;
        }
    }
    catch (OperationCanceledException)
    {
        // Ctrl+C ends the program.
    }
}
