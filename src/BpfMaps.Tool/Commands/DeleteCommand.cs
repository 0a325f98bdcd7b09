using System.CommandLine;
using BpfMaps.Tool.Entries;

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
        Option<bool> json = EntryOptions.CreateJson($"{ChangeDocument.Fields}, key, oldValue, value (null).");
        Command command = new("delete", "Removes one entry of a map; of a queue or stack, the element that is next.")
        {
            target,
            words,
            dryRun,
            json,
        };
        TypeOptions types = new(command);
        command.SetAction(arguments =>
        {
            using RawMap map = MapTarget.Open(arguments.GetRequiredValue(target), BpfMapAccess.ReadWrite);
            EntryType type = types.Read(arguments, map);
            return EntryOptions.Report(Remove(type, arguments.GetValue(words) ?? [], arguments.GetValue(dryRun)), arguments.GetValue(json));
        });
        return command;
    }

    private static EntryOutcome Remove(EntryType type, string[] words, bool isDryRun)
    {
        RawMap map = type.Map;
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
        return new(type, entry.Key, value, New: null, isDryRun);
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
