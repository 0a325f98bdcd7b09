using System.CommandLine;
using BpfMaps.Tool.Dumps;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Filters;

namespace BpfMaps.Tool.Commands;

/// <summary>
/// The command <c>bpfmaps dump</c>, which prints the elements of a map with the types of the kernel, or in hexadecimal without types.
/// </summary>
internal static class DumpCommand
{
    public static Command Create()
    {
        Argument<string> target = MapTarget.CreateArgument();
        Option<DumpFormat?> format = new("--format", "-f") { Description = "The format. Default: lines." };
        Option<bool> json = EntryOptions.CreateJson(
            "Same as --format json: an array of objects with 'key' and 'value' (with --per-cpu 'values', one for each possible CPU)."
        );
        Option<bool> perCpu = EntryOptions.CreatePerCpu();
        Option<string?> where = new("--where", "-w")
        {
            Description = "Prints only entries that meet a condition over their fields, such as 'bytes > 1000 && port == 443'.",
        };
        Option<string?> sort = new("--sort", "-s")
        {
            Description = "Sorts by a field or an expression, such as bytes or 'bytes / packets'; ':desc' behind it reverses the order.",
        };
        Option<int?> top = new("--top", "-n")
        {
            Description = "With --sort, the N largest entries, the largest first; otherwise the first N.",
        };
        top.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int count) && count < 1)
                result.AddError($"--top must be at least 1, not {count}.");
        });
        Command command = new("dump", "Prints the elements of a map.") { target, format, json, perCpu, where, sort, top };
        TypeOptions types = new(command);
        command.SetAction(arguments =>
        {
            DumpFormat chosen = arguments.GetValue(format) ?? (arguments.GetValue(json) ? DumpFormat.Json : DumpFormat.Lines);
            using RawMap map = MapTarget.Open(arguments.GetRequiredValue(target));
            EntryType type = types.Read(arguments, map);
            EntryPrinter printer = new(type, arguments.GetValue(perCpu));
            DumpSelection selection = Select(type, arguments.GetValue(where), arguments.GetValue(sort), arguments.GetValue(top));
            IEnumerable<Entry> entries = Progress.Report(EntryReader.Read(map), map);
            DumpWriter.Write(chosen, selection.Apply(entries, printer), type, printer);
            return ExitCode.Success;
        });
        return command;
    }

    private static DumpSelection Select(EntryType type, string? where, string? sort, int? top)
    {
        const string Descending = ":desc";
        bool isDescending = sort?.EndsWith(Descending, StringComparison.Ordinal) == true;
        string? by = isDescending ? sort![..^Descending.Length] : sort;
        return new(
            where is null ? null : ExpressionParser.ParseCondition(type, where),
            by is null ? null : ExpressionParser.ParseValue(type, by),
            isDescending || top is not null,
            top
        );
    }
}
