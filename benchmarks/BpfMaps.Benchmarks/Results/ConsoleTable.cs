namespace BpfMaps.Benchmarks;

/// <summary>Prints the table in the terminal, line by line.</summary>
internal static class ConsoleTable
{
    public static string Header { get; } = Row("workload", "against", "theirs", "C#", "ratio", "lowest", "highest", "allocated", "bar", "");

    public static string Line(Result result) =>
        Row(
            result.Note is null ? result.Workload : $"{result.Workload} ({result.Note})",
            result.Against ?? "",
            Texts.Time(result.TheirNanoseconds),
            Texts.Time(result.Nanoseconds),
            Texts.Ratio(result.Ratio),
            Texts.Ratio(result.LowestRatio),
            Texts.Ratio(result.HighestRatio),
            Texts.Bytes(result.AllocatedBytes),
            result.Bar ?? "",
            Texts.Verdict(result.IsMet)
        );

    private static string Row(
        string workload,
        string against,
        string theirs,
        string ours,
        string ratio,
        string lowest,
        string highest,
        string allocated,
        string bar,
        string verdict
    ) =>
        $"{workload, -58} {against, -28} {theirs, 9} {ours, 9} {ratio, 8} {lowest, 8} {highest, 8} {allocated, 10} {bar, 14} {verdict}".TrimEnd();
}
