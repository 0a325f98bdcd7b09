// Counts the system calls of each command for a few seconds. bpf/calls.bpf.c counts them in the kernel.
using BpfMaps;

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
    using CallsObject program = CallsObject.OpenEmbedded();
    program.Load();
    using (program.OnEnter.Attach())
    {
        Console.Error.WriteLine($"Counting for {seconds} s...");
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
    }

    List<(string Command, ulong Count)> calls = [];
    foreach ((CallsObject.Command command, ulong count) in program.Calls)
        calls.Add((command.Name.ToString(), count));
    foreach ((string command, ulong count) in calls.OrderByDescending(static call => call.Count))
        Console.WriteLine($"{command, -16} {count, 10}");
    return 0;
}
catch (BpfException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
