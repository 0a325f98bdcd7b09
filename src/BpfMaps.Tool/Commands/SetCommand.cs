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
        Command command = new("set", "Adds an entry, or changes fields of its value; the other fields keep their values.")
        {
            target,
            words,
            cpu,
            allCpus,
            onlyNew,
            onlyExisting,
            dryRun,
        };
        command.SetAction(arguments =>
        {
            BpfUpdateFlags flags = (arguments.GetValue(onlyNew), arguments.GetValue(onlyExisting)) switch
            {
                (true, true) => throw new ArgumentException("--only-new and --only-existing exclude each other"),
                (true, _) => BpfUpdateFlags.NoExist,
                (_, true) => BpfUpdateFlags.Exist,
                _ => BpfUpdateFlags.Any,
            };
            return Run(
                arguments.GetRequiredValue(target),
                arguments.GetRequiredValue(words),
                new EntryChange(arguments.GetValue(cpu), arguments.GetValue(allCpus), flags, arguments.GetValue(dryRun))
            );
        });
        return command;
    }

    private static int Run(string target, string[] words, EntryChange change)
    {
        using RawMap map = MapTarget.Open(target, BpfMapAccess.ReadWrite);
        EntryType type = new(map);
        if (words is not [StandardInput])
        {
            Console.Out.WriteEscapedLine(change.Apply(type, EntryArguments.Parse(type, words)));
            return ExitCode.Success;
        }

        int count = 0;
        foreach (JsonElement json in ReadArray())
        {
            change.Apply(type, EntryArguments.Parse(type, json));
            count++;
        }
        Console.Out.WriteEscapedLine(
            $"{(change.IsDryRun ? "would write" : "wrote")} {count} entr{(count == 1 ? "y" : "ies")} to map {map}"
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
