using System.Text.Encodings.Web;
using System.Text.Json;

namespace BpfMaps.Benchmarks;

/// <summary>Writes the results: numbers as JSON, a table as Markdown, and plots.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>The path of the table.</returns>
    public static string Write(Session session, Facts facts)
    {
        string folder = Path.Combine(session.Options.Repository, "benchmarks", "results"),
            name = session.Options.ResultsName ?? facts.ToFileName();
        List<(string Title, string File)> plots = [];
        void Plot(string title, string file, string svg)
        {
            File.WriteAllText(Path.Combine(folder, file), svg);
            plots.Add((title, file));
        }

        if (session.Results.Any(Plots.ShowsRatio))
            Plot("Ratios to C", $"{name}-ratios.svg", Plots.Ratios(session.Results));
        foreach (Growth growth in session.Growths)
            Plot(growth.Title, $"{name}-{growth.FileName}.svg", Plots.Curves(growth));

        File.WriteAllText(
            Path.Combine(folder, $"{name}.json"),
            JsonSerializer.Serialize(new Run(facts, session.Results, session.NotMeasured, session.Growths), s_json) + "\n"
        );
        string table = Path.Combine(folder, $"{name}.md");
        File.WriteAllText(table, MarkdownTable.Write(session, facts, plots));
        if (session.Options.ResultsName is null)
            File.WriteAllText(Path.Combine(folder, "README.md"), ResultIndex.Write(FullRuns(folder)));
        return table;
    }

    /// <summary>Reads the latest full run on each processor.</summary>
    private static IEnumerable<Run> FullRuns(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
        where Path.GetFileNameWithoutExtension(file) is not ("quick" or "partial")
        select JsonSerializer.Deserialize<Run>(File.ReadAllText(file), s_json);
}
