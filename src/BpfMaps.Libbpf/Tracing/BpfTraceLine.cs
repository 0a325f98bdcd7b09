using System.Globalization;
using System.Text.RegularExpressions;

namespace BpfMaps;

/// <summary>A line of the kernel trace: the text that a program printed with bpf_printk, the time, and the thread.</summary>
/// <param name="Task">The name of the thread that the program ran in; <c>&lt;...&gt;</c> if the kernel no longer has it.</param>
/// <param name="ThreadId">The id of the thread; 0 for an idle CPU.</param>
/// <param name="Cpu">The number of the CPU.</param>
/// <param name="Time">The time since the machine was started, in the clock of the trace.</param>
/// <param name="Message">The text, without a line break. A line in another format, such as about lost lines, is here as a whole.</param>
public sealed partial record BpfTraceLine(string Task, int ThreadId, int Cpu, TimeSpan Time, string Message)
{
    /// <summary>Reads a line.</summary>
    internal static BpfTraceLine Parse(string line)
    {
        Match match = Format().Match(line);
        if (!match.Success)
            return new("", 0, -1, TimeSpan.Zero, line);
        double seconds = double.Parse(match.Groups["time"].ValueSpan, CultureInfo.InvariantCulture);
        return new(
            match.Groups["task"].Value,
            int.Parse(match.Groups["thread"].ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["cpu"].ValueSpan, CultureInfo.InvariantCulture),
            TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)),
            match.Groups["message"].Value
        );
    }

    // A task's name may contain spaces and '-'. The ids of processes and the flags can be switched off. Old kernels print an address
    // instead of the function's name.
    [GeneratedRegex(
        @"^\s*(?<task>.+)-(?<thread>\d+)\s+(\(\s*[\d-]+\)\s+)?\[(?<cpu>\d+)\]\s+(\S+\s+)?(?<time>\d+\.\d+): [^ :]+: (?<message>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Format();
}
