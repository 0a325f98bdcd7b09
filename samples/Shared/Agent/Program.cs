// Prints which processes make the most system calls that fail. The library Contract declares the types and the map, for this program
// and for bpf/calls.bpf.c.
using BpfMaps;
using Contract;

int seconds = 1;
if (args.Length > 1 || (args.Length == 1 && (!int.TryParse(args[0], out seconds) || seconds < 1)))
{
    Console.Error.WriteLine("Usage: Agent [SECONDS]");
    return 2;
}

if (!BpfHost.IsKernelUsable(out string? missing) || !Libbpf.IsAvailable(out missing))
{
    Console.Error.WriteLine($"Agent needs BPF. {missing}");
    return 1;
}

try
{
    using BpfObject program = BpfObject.Open(Path.Combine(AppContext.BaseDirectory, "calls.bpf.o"));
    program.Load();
    using SystemCallsMap map = SystemCallsMap.FromRaw(program.GetMap("system_calls").Open());
    using (program.GetProgram("on_exit").Attach())
    {
        Console.Error.WriteLine($"Counting for {seconds} s...");
        await Task.Delay(TimeSpan.FromSeconds(seconds));
    }
    Print(map);
    return 0;
}
catch (BpfException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static void Print(SystemCallsMap map)
{
    Dictionary<SystemCalls.Key, SystemCalls> all = [];
    foreach ((SystemCalls.Key key, SystemCalls calls) in map)
        all[key] = calls;

    Console.WriteLine($"{"PID", 8}  {"Command", -16} {"Calls", 10} {"Failed", 10}");
    var processes = all.GroupBy(static call => call.Key.ProcessId)
        .Select(static process => (Id: process.Key, Last: process.MaxBy(static call => call.Value.Last).Value, Calls: process))
        .OrderByDescending(static process => Total(process.Calls, Outcome.Failed))
        .ThenByDescending(static process => process.Calls.Sum(static call => (long)call.Value.Count));
    foreach (var (id, last, calls) in processes.Take(20))
    {
        long failed = Total(calls, Outcome.Failed);
        Console.WriteLine($"{id, 8}  {last.Command, -16} {failed + Total(calls, Outcome.Succeeded), 10} {failed, 10}");
    }
}

static long Total(IEnumerable<KeyValuePair<SystemCalls.Key, SystemCalls>> calls, Outcome outcome) =>
    calls.Where(call => call.Key.Outcome == outcome).Sum(static call => (long)call.Value.Count);
