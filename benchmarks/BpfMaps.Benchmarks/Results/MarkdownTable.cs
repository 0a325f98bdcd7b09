using System.Text;

namespace BpfMaps.Benchmarks;

/// <summary>Writes the results as a Markdown table.</summary>
internal static class MarkdownTable
{
    public static string Write(Session session, Facts facts, IReadOnlyList<(string Title, string File)> plots)
    {
        StringBuilder text = new();
        text.Append(
            Texts.Invariant(
                $"""
                # Measured against C

                {facts.Date}: {facts.Kernel}; {facts.Processor}; {facts.Runtime}; {facts.Libbpf}; load average {facts.Load}.

                Times are medians per operation. A ratio is the time of C# divided by the time of the other side. Every pair of turns has a ratio,
                and a round has the median of its pairs. The table has the median of the rounds, and the lowest and the highest round.
                Allocations are bytes per operation or per element.

                | workload | against | theirs | C# | ratio | lowest to highest | allocated | bar | |
                |---|---|--:|--:|--:|--:|--:|--:|---|

                """
            )
        );
        foreach (Result result in session.Results)
            text.Append(Row(result)).Append('\n');

        List<Result> missed = [.. session.Results.Where(result => result.IsMet == false)];
        text.Append(
            Texts.Invariant(
                $"\n{session.Results.Count(result => result.IsMet == true)} bars are met, {missed.Count} missed{(missed.Count == 0 ? "." : ":")}\n"
            )
        );
        foreach (Result result in missed)
            text.Append(Texts.Invariant($"- {result.Workload}, against {result.Against}: {result.Bar}\n"));
        foreach (string family in session.NotMeasured)
            text.Append(Texts.Invariant($"\nNot measured completely: {family}\n"));
        foreach ((string title, string file) in plots)
            text.Append(Texts.Invariant($"\n![{title}]({file})\n"));
        return text.ToString();
    }

    private static string Row(Result result)
    {
        string workload = result.Note is null ? result.Workload : $"{result.Workload} ({result.Note})";
        string range = result.Ratio is null ? "" : $"{Texts.Ratio(result.LowestRatio)} to {Texts.Ratio(result.HighestRatio)}";
        return $"| {workload} | {result.Against} | {Texts.Time(result.TheirNanoseconds)} | {Texts.Time(result.Nanoseconds)} | {Texts.Ratio(result.Ratio)} | {range} "
            + $"| {Texts.Bytes(result.AllocatedBytes)} | {result.Bar} | {Texts.Verdict(result.IsMet)} |";
    }
}
