// Samples where all CPUs spend their time, and prints folded stacks or draws a flame graph. bpf/profile.bpf.c counts in the kernel.
using BpfMaps;
using Profile;

Options? options = Options.Parse(args, out string? error);
if (options is null)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

if (!BpfHost.IsKernelUsable(out string? missing) || !Libbpf.IsAvailable(out missing))
{
    Console.Error.WriteLine($"Profile needs BPF. {missing}");
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
    using ProfileObject program = ProfileObject.Open();
    program.Rodata.OnlyPid = options.ProcessId;
    program.Load();
    using (program.OnClock.AttachCpuClock(options.Frequency))
    {
        Console.Error.WriteLine($"Sampling {options.Frequency} times a second for {options.Seconds} s...");
        stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(options.Seconds));
    }
    Frame all = Collect(program);
    Report(program, all);
    return 0;
}
catch (BpfException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

Frame Collect(ProfileObject program)
{
    StackNames names = new(program);
    if (names.Restriction is { } restriction)
        Console.Error.WriteLine(restriction);
    Frame all = new("all");
    foreach ((Sample sample, ulong count) in program.Samples)
        all.Add(names.Of(sample), count);
    return all;
}

void Report(ProfileObject program, Frame all)
{
    if (options.SvgFile is { } path)
    {
        using StreamWriter file = new(path);
        FlameGraph.Write(file, all, $"{all.Samples} samples at {options.Frequency} Hz on all CPUs");
        Console.Error.WriteLine($"{all.Samples} samples in {path}");
    }
    else
    {
        all.WriteFolded(Console.Out);
    }
    if (program.Bss.Lost is > 0 and ulong lost)
        Console.Error.WriteLine($"{lost} samples were lost: there were more different stacks than the map holds");
}
