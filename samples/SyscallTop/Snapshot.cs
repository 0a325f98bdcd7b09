using System.Globalization;
using BpfMaps;

namespace SyscallTop;

/// <summary>The contents of the maps at one time, summed over all CPUs.</summary>
internal sealed record Snapshot(IReadOnlyList<CallCount> Calls, ulong[] Latency, ulong Lost)
{
    public static Snapshot Take(Syscalls syscalls)
    {
        Dictionary<uint, string> commands = [];
        foreach ((uint processId, SeenProcess process) in syscalls.Processes)
            commands[processId] = process.Command.ToString();

        List<CallCount> calls = [];
        foreach ((CallStats.Key key, CallStats total) in syscalls.Calls)
        {
            string command = commands.TryGetValue(key.ProcessId, out string? known) ? known : "?";
            calls.Add(new CallCount(key.ProcessId, command, key.Number, NameOf(key.Number), total.Calls, total.Nanoseconds));
        }

        calls.Sort(static (left, right) => right.Calls.CompareTo(left.Calls));
        Latency latency = syscalls.Latency.Aggregate(0);
        return new Snapshot(calls, ((ReadOnlySpan<ulong>)latency.Counts).ToArray(), syscalls.Bss.Lost);
    }

    private static string NameOf(uint number) => SystemCalls.NameOf(number) ?? number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Number and total duration of a system call in one process.</summary>
internal sealed record CallCount(uint ProcessId, string Command, uint Number, string Name, ulong Calls, ulong Nanoseconds)
{
    public double AverageNanoseconds => Calls == 0 ? 0 : Nanoseconds / (double)Calls;
}
