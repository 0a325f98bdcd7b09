// Prints how long runnable threads waited for a CPU, as a histogram. bpf/runqueue.bpf.c measures in the kernel.
using BpfMaps;
using RunQueueLatency;

Options? options = Options.Parse(args, out string? error);
if (options is null)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

if (!BpfHost.IsKernelUsable(out string? missing) || !Libbpf.IsAvailable(out missing))
{
    Console.Error.WriteLine($"RunQueueLatency needs BPF. {missing}");
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
    using RunQueueObject program = RunQueueObject.Open();
    program.Rodata.OnlyPid = options.ProcessId;
    program.Load();
    using (program.AttachAll())
    {
        Console.Error.WriteLine("Measuring the wait for a CPU...");
        stop.Token.WaitHandle.WaitOne(options.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan);
    }
    Waits waits = program.Waits.Aggregate(0); // the sum of all CPUs
    Log2Histogram.Write(Console.Out, waits.Slots, "us");
    return 0;
}
catch (BpfException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
