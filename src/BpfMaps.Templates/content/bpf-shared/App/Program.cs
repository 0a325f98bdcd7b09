// Counts the system calls of each process for a few seconds. The library declares the types, for this program and for bpf/calls.bpf.c.
using BpfMaps;
using Types;

int seconds = 1;
if (args.Length > 1 || (args.Length == 1 && (!int.TryParse(args[0], out seconds) || seconds < 1)))
{
    Console.Error.WriteLine("The only argument is the number of seconds to count.");
    return 2;
}

if (!BpfHost.IsKernelUsable(out string? missing) || !Libbpf.IsAvailable(out missing))
{
    Console.Error.WriteLine(missing);
    return 1;
}

try
{
    using BpfObject program = BpfObject.Open(Path.Combine(AppContext.BaseDirectory, "calls.bpf.o"));
    program.Load();
    using CallStatsMap calls = CallStatsMap.FromRaw(program.GetMap("call_stats").Open());
    using (program.GetProgram("on_enter").Attach())
    {
        Console.Error.WriteLine($"Counting for {seconds} s...");
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
    }

    List<(uint Process, CallStats Stats)> found = [];
    foreach ((uint process, CallStats stats) in calls)
        found.Add((process, stats));
    foreach ((uint process, CallStats stats) in found.OrderByDescending(static call => call.Stats.Count).Take(20))
        Console.WriteLine($"{process, 8} {stats.Command, -16} {stats.Count, 10}");
    return 0;
}
catch (BpfException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
