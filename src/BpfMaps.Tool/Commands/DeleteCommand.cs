using System.CommandLine;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps delete</c>, which removes one entry of a map.</summary>
internal static class DeleteCommand
{
    public static Command Create()
    {
        Argument<string> target = MapTarget.CreateArgument();
        Argument<string[]> words = EntryOptions.CreateEntry(
            "The key: its fields as field=value, the key alone (3, 10.0.0.0/8), or JSON. Queues and stacks have none.",
            isRequired: false
        );
        Option<bool> dryRun = EntryOptions.CreateDryRun();
        Command command = new("delete", "Removes one entry of a map; of a queue or stack, the element that is next.")
        {
            target,
            words,
            dryRun,
        };
        command.SetAction(arguments =>
            Run(arguments.GetRequiredValue(target), arguments.GetValue(words) ?? [], arguments.GetValue(dryRun))
        );
        return command;
    }

    private static int Run(string target, string[] words, bool isDryRun)
    {
        using RawMap map = MapTarget.Open(target, BpfMapAccess.ReadWrite);
        EntryType type = new(map);
        if (MapTypeFacts.Of(map.Info.Type) is { Keys: MapKeyRule.Index, Values: MapValueRule.Any })
            throw new NotSupportedException(
                $"entries of arrays such as map {map} cannot be removed; 'bpfmaps clear' sets all to zero, and 'bpfmaps set' one"
            );
        EntryArguments entry = EntryArguments.Parse(type, words);
        if (entry.HasValue)
            throw new ArgumentException("'delete' takes the fields of the key only");

        byte[] value = EntryReader.TryRead(map, entry.Key) ?? throw Missing(type, entry.Key);
        if (!isDryRun && !Remove(map, entry.Key))
            throw Missing(type, entry.Key);

        using StringWriter text = new();
        EntryPrinter printer = new(type, showsEachCpu: false);
        if (map.KeySize == 0)
            printer.WriteValue(new Entry(entry.Key, value), new TextOutput(text));
        else
            printer.Write(new Entry(entry.Key, value), text);
        Console.Out.WriteEscapedLine($"{(isDryRun ? "would remove" : "removed")} {text}");
        return ExitCode.Success;
    }

    private static bool Remove(RawMap map, byte[] key) =>
        map.KeySize == 0 ? map.TryLookupAndDelete(key, new byte[map.ValueSize]) : map.Delete(key);

    private static KeyNotFoundException Missing(EntryType type, byte[] key) =>
        new(
            type.Map.KeySize == 0
                ? $"map {type.Map} is empty"
                : $"map {type.Map} has no entry with the key {type.KeyText(key)}; nothing was removed"
        );
}
