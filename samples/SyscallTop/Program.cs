// Shows the system calls of each process, their number and their duration. bpf/syscalls.bpf.c counts them in the kernel.
using BpfMaps;
using Spectre.Console;
using Spectre.Console.Rendering;
using SyscallTop;

Options? options = Options.Parse(args, out string? error);
if (options is null)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

if (!BpfHost.IsKernelUsable(out string? missing) || !Libbpf.IsAvailable(out missing))
{
    Console.Error.WriteLine($"SyscallTop needs BPF. {missing}");
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
    using Syscalls syscalls = Syscalls.Open();
    syscalls.Rodata.OnlyPid = options.ProcessId;
    syscalls.Rodata.OwnPid = (uint)Environment.ProcessId;
    syscalls.Load();
    using BpfLink enter = syscalls.OnEnter.Attach();
    using BpfLink exit = syscalls.OnExit.Attach();
    Console.Error.WriteLine("Counting...");
    await ShowAsync(syscalls);
    return 0;
}
catch (BpfException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

async Task ShowAsync(Syscalls syscalls)
{
    if (options.Once || options.Json)
    {
        await WaitAsync(options.Seconds ?? 1);
        if (options.Json)
            Views.WriteJson(Snapshot.Take(syscalls), Console.OpenStandardOutput());
        else
            Views.WriteLines(Snapshot.Take(syscalls), Console.Out);
        return;
    }

    if (Console.IsOutputRedirected)
    {
        await EverySecondAsync(() => Views.WriteLines(Snapshot.Take(syscalls), Console.Out));
        return;
    }

    await AnsiConsole.Live(Picture()).StartAsync(context => EverySecondAsync(() => context.UpdateTarget(Picture())));

    IRenderable Picture() => Views.Picture(Snapshot.Take(syscalls), AnsiConsole.Profile.Height);
}

async Task EverySecondAsync(Action show)
{
    for (int second = 0; (options.Seconds is null || second < options.Seconds) && !stop.IsCancellationRequested; second++)
    {
        await WaitAsync(1);
        show();
    }
}

async Task WaitAsync(int seconds)
{
    try
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), stop.Token);
    }
    catch (OperationCanceledException)
    {
        // Ctrl+C ends the wait; the counts so far are shown.
    }
}
