using System.CommandLine;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps clear</c>, which removes all entries of a map, or sets those of an array to zero.</summary>
internal static class ClearCommand
{
    public static Command Create()
    {
        Argument<string> target = MapTarget.CreateArgument();
        Option<bool> dryRun = EntryOptions.CreateDryRun();
        Option<bool> json = EntryOptions.CreateJson($"{ChangeDocument.Fields}, entries (their number).");
        Command command = new("clear", "Removes all entries of a map; those of arrays are set to zero.") { target, dryRun, json };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(target), arguments.GetValue(dryRun), arguments.GetValue(json)));
        return command;
    }

    private static int Run(string target, bool isDryRun, bool asJson)
    {
        using RawMap map = MapTarget.Open(target, BpfMapAccess.ReadWrite);
        MapTypeFacts facts = MapTypeFacts.Of(map.Info.Type);
        if (facts.IsStream || map.Info.Type == BpfMapType.BloomFilter)
            throw new NotSupportedException($"map {map} cannot be cleared: the kernel has no operation that empties a {map.Info.Type}");
        bool isArray = facts is { Keys: MapKeyRule.Index, Values: MapValueRule.Any };
        (long? count, string what) = (map.KeySize, isArray) switch
        {
            (0, _) => (Empty(map, isDryRun), "removed"),
            (_, true) => (SetToZero(map, isDryRun), "set to zero"),
            _ => (Remove(map, isDryRun), "removed"),
        };
        if (asJson)
            return ChangeDocument.Write(map, "clear", isDryRun, json => json.Property("entries", count));
        if (count is null)
            Console.Out.WriteEscapedLine($"would remove all elements of map {map}");
        else
            Console.Out.WriteEscapedLine(
                $"{(isDryRun ? $"would have {what}" : what)} {count} entr{(count == 1 ? "y" : "ies")} of map {map}"
            );
        return ExitCode.Success;
    }

    /// <summary>Removes the elements of a queue or stack; the kernel does not say how many there are.</summary>
    /// <returns>How many were removed; <see langword="null"/> if none was.</returns>
    private static long? Empty(RawMap map, bool isDryRun)
    {
        if (isDryRun)
            return null;
        byte[] value = new byte[map.ValueSize];
        long count = 0;
        // Programs may add elements as fast as they are removed here.
        while (count < map.Info.MaxEntries && map.TryLookupAndDelete([], value))
            count++;
        return count;
    }

    private static long SetToZero(RawMap map, bool isDryRun)
    {
        long count = 0;
        byte[] zero = new byte[map.ElementValueSize];
        foreach (Entry entry in EntryReader.Read(map))
        {
            if (!entry.Value.Span.ContainsAnyExcept((byte)0))
                continue;
            count++;
            if (isDryRun)
                continue;
            if (map.PerCpuValueSize != 0)
                map.UpdatePerCpu(entry.Key.Span, zero);
            else
                map.Update(entry.Key.Span, zero);
        }
        return count;
    }

    private static long Remove(RawMap map, bool isDryRun)
    {
        if (isDryRun)
            return EntryReader.Read(map).LongCount();
        // The keys are copied first: removing a key can make the kernel start over.
        List<byte[]> keys = [.. map.Keys.AsEnumerable()];
        return keys.Count(key => map.Delete(key));
    }
}
