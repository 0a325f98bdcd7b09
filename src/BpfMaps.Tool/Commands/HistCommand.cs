using System.CommandLine;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Filters;
using BpfMaps.Tool.Live;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps hist</c>, which draws the histograms of a map.</summary>
internal static class HistCommand
{
    public static Command Create()
    {
        Argument<string> target = MapTarget.CreateArgument();
        Argument<string?> field = new("field")
        {
            Description =
                "An array of numbers in the value, or the number of the slot in the key. Default: the first array, or the key's field 'bucket' or 'slot'.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> where = new("--where", "-w") { Description = "Uses only entries that meet a condition, as in 'dump'." };
        Option<bool> linear = new("--linear") { Description = "Slot i counts the value i. Default: values from 2^i to 2^(i+1) - 1." };
        Option<bool> json = EntryOptions.CreateJson("An array of objects with 'key' and 'slots'.");
        Command command = new(
            "hist",
            "Draws histograms: of an array of counts, or of keys with the number of a slot; per-CPU values are summed."
        )
        {
            target,
            field,
            where,
            linear,
            json,
        };
        TypeOptions types = new(command);
        command.SetAction(arguments =>
        {
            using RawMap map = MapTarget.Open(arguments.GetRequiredValue(target));
            EntryType type = types.Read(arguments, map);
            HistogramSource source = HistogramSource.Find(type, arguments.GetValue(field));
            string? condition = arguments.GetValue(where);
            Snapshot snapshot = Snapshot.Take(type, condition is null ? null : ExpressionParser.ParseCondition(type, condition));
            IReadOnlyList<(string Key, Histogram Histogram)> found = source.Read(type, snapshot, arguments.GetValue(linear));
            if (arguments.GetValue(json))
                JsonRows.Write(
                    found,
                    static (writer, item) =>
                    {
                        writer.WriteString("key", item.Key);
                        writer.WriteStartArray("slots");
                        foreach (double count in item.Histogram.Counts)
                            writer.WriteNumberValue((decimal)count);
                        writer.WriteEndArray();
                    }
                );
            else
                Draw(found);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Draw(IReadOnlyList<(string Key, Histogram Histogram)> found)
    {
        foreach ((string key, Histogram histogram) in found)
        {
            if (key.Length != 0)
                Console.Out.WriteEscapedLine(key);
            foreach (string line in histogram.Draw())
                Console.Out.WriteLine(line);
        }
        if (found.Count == 0)
            Console.Out.WriteLine("no counts");
    }
}
