using System.CommandLine;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Filters;
using BpfMaps.Tool.Live;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps watch</c>, which prints what changes in a map.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        Argument<string> target = MapTarget.CreateArgument();
        Option<double> interval = Pace.CreateInterval();
        Option<double?> seconds = Pace.CreateSeconds();
        Option<int?> changes = new("--changes", "-c") { Description = "Ends after this number of changes." };
        Option<string?> where = new("--where", "-w") { Description = "Watches only entries that meet a condition, as in 'dump'." };
        Option<bool> json = EntryOptions.CreateJson("One object per line for each change: time, change, key, value, rates.");
        Command command = new("watch", "Prints entries that are added (+), removed (-) and changed (~), with the rates of numbers.")
        {
            target,
            interval,
            seconds,
            changes,
            where,
            json,
        };
        TypeOptions types = new(command);
        command.SetAction(arguments =>
        {
            using RawMap map = MapTarget.Open(arguments.GetRequiredValue(target));
            using Pace pace = new(TimeSpan.FromSeconds(arguments.GetValue(interval)), arguments.GetValue(seconds));
            EntryType type = types.Read(arguments, map);
            Run(type, pace, arguments.GetValue(where), arguments.GetValue(changes) ?? int.MaxValue, arguments.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static void Run(EntryType type, Pace pace, string? condition, int limit, bool asJson)
    {
        Expression? where = condition is null ? null : ExpressionParser.ParseCondition(type, condition);
        DifferencePrinter printer = new(type);
        using Stream stream = Console.OpenStandardOutput();
        Snapshot before = Snapshot.Take(type, where);
        if (!asJson)
            Console.Out.WriteEscapedLine($"watching map {type.Map}: {before.Keys.Count} entr{(before.Keys.Count == 1 ? "y" : "ies")}");
        int count = 0;
        while (count < limit && pace.Next())
        {
            Snapshot after = Snapshot.Take(type, where);
            foreach (EntryDifference difference in EntryDifference.Between(before, after).Take(limit - count))
            {
                count++;
                if (asJson)
                    printer.WriteJson(difference, stream);
                else
                    Console.Out.WriteLine(printer.Line(difference));
            }
            before = after;
        }
    }
}
