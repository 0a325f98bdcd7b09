// Prints each program that starts on this machine and how it ends. bpf/exec.bpf.c writes the events to a ring buffer.
using BpfMaps;
using ExecWatch;

Options? options = Options.Parse(args, out string? error);
if (options is null)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

if (!BpfHost.IsKernelUsable(out string? missing) || !Libbpf.IsAvailable(out missing))
{
    Console.Error.WriteLine($"ExecWatch needs BPF. {missing}");
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
    using ExecObject program = ExecObject.Open();
    program.Load();
    using BpfLink exec = program.OnExec.Attach();
    using BpfLink exit = program.OnExit.Attach();
    Console.Error.WriteLine("Watching...");
    Watch(program.Events);
    if (program.Bss.Lost is > 0 and ulong lost)
        Console.Error.WriteLine($"{lost} events were lost: the ring was full");
    return 0;
}
catch (BpfException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

void Watch(EventRing events)
{
    using View view = new(options, Console.OpenStandardOutput());

    // Records are read in place. The limit leaves events after the last requested one in the ring; the timeout lets Ctrl+C end the loop.
    while (!view.IsFull && !stop.IsCancellationRequested)
        events.Read(view.Show, TimeSpan.FromMilliseconds(200), view.Batch);
}
