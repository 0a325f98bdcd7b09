using System.Text;

namespace BpfMaps.Benchmarks;

/// <summary>Writes the list of the tables, one for each processor.</summary>
internal static class ResultIndex
{
    public static string Write(IEnumerable<Run> runs)
    {
        StringBuilder text = new(
            """
            # Results of the benchmarks

            The latest full run on each processor, against C in the same run. `benchmarks/README.md` explains the method. The workloads and
            the bars are those of the day of the run.

            | Processor | Date | Kernel | Runtime | libbpf | Bars met | Bars missed |
            |---|---|---|---|---|--:|--:|

            """
        );
        foreach (Run run in runs)
        {
            (Facts facts, int met, int missed) = (
                run.Facts,
                run.Results.Count(result => result.IsMet == true),
                run.Results.Count(result => result.IsMet == false)
            );
            text.Append(
                Texts.Invariant(
                    $"| [{facts.Processor}]({facts.ToFileName()}.md) | {facts.Date} | {facts.Kernel} | {facts.Runtime} | {facts.Libbpf} "
                )
            );
            text.Append(Texts.Invariant($"| {met} | {missed} |\n"));
        }

        return text.ToString();
    }
}
