using System.CommandLine;
using BpfMaps.Tool.Live;
using BpfMaps.Tool.Printing;
using BpfMaps.Tool.Top;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps top</c>, which shows all maps and programs live.</summary>
internal static class TopCommand
{
    public static Command Create()
    {
        Option<double> interval = Pace.CreateInterval();
        Option<double?> seconds = Pace.CreateSeconds();
        Option<int?> count = new("--count", "-n") { Description = "Ends after this number of refreshes; not on a terminal." };
        Option<bool> json = EntryOptions.CreateJson("One document per line for each refresh: time, maps, programs.");
        Command command = new(
            "top",
            "Shows all maps and programs live: processes, entries, memory, changes and events a second, run time. Press ? for the keys."
        )
        {
            interval,
            seconds,
            count,
            json,
        };
        command.SetAction(arguments =>
        {
            using Pace pace = new(TimeSpan.FromSeconds(arguments.GetValue(interval)), arguments.GetValue(seconds));
            using TopSampler sampler = new();
            if (arguments.GetValue(json) || !TopTerminal.IsPossible)
                WriteLines(sampler, pace, arguments.GetValue(count) ?? int.MaxValue, arguments.GetValue(json));
            else
                new TopTerminal(sampler, TimeSpan.FromSeconds(arguments.GetValue(interval)), pace.Ended).Run();
            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteLines(TopSampler sampler, Pace pace, int count, bool asJson)
    {
        using Stream stream = Console.OpenStandardOutput();
        if (sampler.Problem is { } problem)
            Console.Error.WriteEscapedLine($"bpfmaps: programs have no statistics: {problem}");
        // Rates need a reading before.
        sampler.Read();
        for (int written = 0; written < count && pace.Next(); written++)
        {
            TopSample sample = sampler.Read();
            if (asJson)
                TopLines.WriteJson(sample, stream);
            else
                TopLines.Write(sample, Console.Out);
        }
    }
}
