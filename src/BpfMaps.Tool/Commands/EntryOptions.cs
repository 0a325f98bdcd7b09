using System.CommandLine;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>Options and arguments that several commands have.</summary>
internal static class EntryOptions
{
    public const string Words =
        "The fields of the entry as field=value, the key alone (3, 10.0.0.0/8), or JSON ({\"key\": ..., \"value\": ...}).";

    public static Argument<string[]> CreateEntry(string description = Words, bool isRequired = true) =>
        new("entry") { Description = description, Arity = isRequired ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore };

    public static Option<bool> CreateDryRun() => new("--dry-run") { Description = "Says what would be done, and changes nothing." };

    public static Option<bool> CreateJson(string description) => new("--json") { Description = description };

    /// <summary>Prints what was done to an entry.</summary>
    public static int Report(EntryOutcome outcome, bool asJson)
    {
        if (asJson)
            return ChangeDocument.Write(outcome.Type.Map, outcome.Action, outcome.IsDryRun, outcome.Write);
        Console.Out.WriteEscapedLine(outcome.Sentence());
        return ExitCode.Success;
    }

    public static Option<bool> CreatePerCpu() =>
        new("--per-cpu") { Description = "Per-CPU maps: shows the value of each possible CPU instead of the total." };
}
