using System.CommandLine;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps get</c>, which prints one entry of a map.</summary>
internal static class GetCommand
{
    public static Command Create()
    {
        Argument<string> target = MapTarget.CreateArgument();
        Argument<string[]> words = EntryOptions.CreateEntry(
            "The key: its fields as field=value, the key alone (3, 10.0.0.0/8), or JSON. Queues and stacks have none.",
            isRequired: false
        );
        Option<bool> json = EntryOptions.CreateJson("An object with 'key' and 'value' ('values' with --per-cpu).");
        Option<bool> perCpu = EntryOptions.CreatePerCpu();
        Command command = new("get", "Prints one entry of a map; of a queue or stack, the element that is next.")
        {
            target,
            words,
            json,
            perCpu,
        };
        TypeOptions types = new(command);
        command.SetAction(arguments =>
        {
            using RawMap map = MapTarget.Open(arguments.GetRequiredValue(target));
            EntryType type = types.Read(arguments, map);
            return Run(type, arguments.GetValue(words) ?? [], arguments.GetValue(json), arguments.GetValue(perCpu));
        });
        return command;
    }

    private static int Run(EntryType type, string[] words, bool asJson, bool perCpu)
    {
        RawMap map = type.Map;
        if (map.Info.Type is BpfMapType.BloomFilter || map.Info.Type.IsStream())
            throw new NotSupportedException($"map {map} has no entries that can be read; see 'bpfmaps tail' for records of rings");
        EntryArguments entry = EntryArguments.Parse(type, words);
        if (entry.HasValue)
            throw new ArgumentException("'get' takes the fields of the key only; 'bpfmaps dump --where' compares values");

        byte[] value =
            EntryReader.TryRead(map, entry.Key)
            ?? throw new KeyNotFoundException(
                map.KeySize == 0 ? $"map {map} is empty" : $"map {map} has no entry with the key {type.KeyText(entry.Key)}"
            );
        EntryPrinter printer = new(type, perCpu);
        if (asJson)
        {
            using JsonOutput output = new(Console.OpenStandardOutput());
            printer.Write(new Entry(entry.Key, value), output);
        }
        else if (map.KeySize == 0)
        {
            printer.WriteValue(new Entry(entry.Key, value), new TextOutput(Console.Out));
            Console.Out.WriteLine();
        }
        else
            printer.WriteLine(new Entry(entry.Key, value), Console.Out);
        return ExitCode.Success;
    }
}
