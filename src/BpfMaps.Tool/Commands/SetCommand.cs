using System.CommandLine;
using System.Text.Json;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps set</c>, which adds or changes entries of a map.</summary>
internal static class SetCommand
{
    private const string StandardInput = "-";

    public static Command Create()
    {
        Argument<string> target = MapTarget.CreateArgument();
        Argument<string[]> words = EntryOptions.CreateEntry(
            $"{EntryOptions.Words} '-' reads a JSON array from standard input, as 'dump --json' prints it."
        );
        Option<int?> cpu = new("--cpu") { Description = "Per-CPU maps: changes the value of one CPU." };
        Option<bool> allCpus = new("--all-cpus") { Description = "Per-CPU maps: changes the values of all possible CPUs." };
        Option<bool> onlyNew = new("--only-new") { Description = "Fails if the key exists (BPF_NOEXIST)." };
        Option<bool> onlyExisting = new("--only-existing") { Description = "Fails if the key does not exist (BPF_EXIST)." };
        Option<bool> dryRun = EntryOptions.CreateDryRun();
        Option<bool> json = EntryOptions.CreateJson(
            $"{ChangeDocument.Fields}, key, oldValue and value; for standard input, entries (their number)."
        );
        Command command = new("set", "Adds an entry, or changes fields of its value; the other fields keep their values.")
        {
            target,
            words,
            cpu,
            allCpus,
            onlyNew,
            onlyExisting,
            dryRun,
            json,
        };
        TypeOptions types = new(command);
        command.SetAction(arguments =>
        {
            BpfUpdateFlags flags = (arguments.GetValue(onlyNew), arguments.GetValue(onlyExisting)) switch
            {
                (true, true) => throw new ArgumentException("--only-new and --only-existing exclude each other"),
                (true, _) => BpfUpdateFlags.NoExist,
                (_, true) => BpfUpdateFlags.Exist,
                _ => BpfUpdateFlags.Any,
            };
            using RawMap map = MapTarget.Open(arguments.GetRequiredValue(target), BpfMapAccess.ReadWrite);
            EntryType type = types.Read(arguments, map);
            EntryChange change = new(arguments.GetValue(cpu), arguments.GetValue(allCpus), flags, arguments.GetValue(dryRun));
            string[] entry = arguments.GetRequiredValue(words);
            return entry is [StandardInput]
                ? WriteStandardInput(type, change, arguments.GetValue(json))
                : EntryOptions.Report(change.Apply(type, EntryArguments.Parse(type, entry)), arguments.GetValue(json));
        });
        return command;
    }

    private static int WriteStandardInput(EntryType type, EntryChange change, bool asJson)
    {
        int count = 0;
        foreach (JsonElement json in ReadArray())
        {
            change.Apply(type, EntryArguments.Parse(type, json));
            count++;
        }
        if (asJson)
            return ChangeDocument.Write(type.Map, "write", change.IsDryRun, json => json.Property("entries", (long)count));
        Console.Out.WriteEscapedLine(
            $"{(change.IsDryRun ? "would write" : "wrote")} {count} entr{(count == 1 ? "y" : "ies")} to map {type.Map}"
        );
        return ExitCode.Success;
    }

    private static List<JsonElement> ReadArray()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Console.OpenStandardInput());
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Array => [.. document.RootElement.EnumerateArray().Select(static item => item.Clone())],
                JsonValueKind.Object => [document.RootElement.Clone()],
                JsonValueKind kind => throw new ArgumentException(
                    $"standard input is {kind}; expected an array of objects with 'key' and 'value'"
                ),
            };
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"standard input is not JSON: {exception.Message}", exception);
        }
    }
}
