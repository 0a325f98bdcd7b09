using BpfMaps.Generators.Utilities;
using BpfMaps.Tool.Live;
using BpfMaps.Tool.Printing;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BpfMaps.Tool.Top;

/// <summary>Draws the state of <c>top</c> for a terminal of a size.</summary>
internal static class TopScreen
{
    // The summary, the headings of the table, and the keys.
    private const int OtherLines = 4;

    private const int HistogramLines = 12;

    private static readonly Style s_selected = new(decoration: Decoration.Invert);
    private static readonly Style s_heading = new(foreground: Color.Grey);
    private static readonly Style s_bar = new(foreground: Color.Green);

    private static readonly string[] s_help =
    [
        "Tab            maps or programs",
        "Up, Down       select (also j, k, PageUp, PageDown, Home, End)",
        "Enter          the entries of the selected map; Esc goes back",
        "s, S           sort by the next or the previous column (also Right, Left)",
        "r              reverse the order",
        "/              filter by type, name, process or id; Esc removes the filter",
        "Space          pause",
        "q              quit",
    ];

    public static Rows Draw(TopState state, MapDetail? detail, string? problem, int width, int height)
    {
        int lines = Math.Max(1, height - OtherLines);
        Rows content =
            state.ShowsHelp ? new Rows(s_help.Select(line => Line(line, width)))
            : detail is not null ? DrawDetail(detail, width, lines)
            : state.ShowsPrograms ? DrawTable(state.Programs, width, lines)
            : DrawTable(state.Maps, width, lines);
        return new Rows(Line(Summary(state, problem), width), content, Line(Keys(state, detail), width, s_heading));
    }

    private static string Summary(TopState state, string? problem)
    {
        TopSample sample = state.Sample!;
        double cpu = sample.Programs.Sum(static program => program.CpuShare ?? 0);
        string memory = Units.Bytes(sample.Maps.Sum(static map => (double)map.Memory));
        string statistics = problem is null ? "" : $"  no statistics: {problem}";
        return FormattableString.Invariant(
            $"bpfmaps top {sample.Time.ToLocalTime():HH:mm:ss}  {sample.Maps.Count} maps, {memory}  {sample.Programs.Count} programs, {100 * cpu:0.0}% of a CPU{(state.IsPaused ? "  paused" : "")}{statistics}"
        );
    }

    private static string Keys(TopState state, MapDetail? detail) =>
        state.IsTyping ? $"Filter: {state.Filter}_"
        : detail is not null ? "Esc back  Space pause  ? help  q quit"
        : $"Tab {(state.ShowsPrograms ? "maps" : "programs")}  Enter entries  s sort  r reverse  / filter  ? help  q quit{(state.Filter.Length == 0 ? "" : $"  filter: {state.Filter}")}";

    private static Rows DrawTable<T>(TopTable<T> rows, int width, int lines)
        where T : class
    {
        // The selected row is always visible.
        int first = Math.Clamp(rows.SelectedIndex - lines + 1, 0, Math.Max(0, rows.Rows.Count - lines));
        IEnumerable<string[]> shown = rows.Rows.Skip(first).Take(lines).Select(row => Cells(rows, row));
        string[] aligned = ScreenTable.Align([Headings(rows), .. shown], column => rows.Columns[column].IsNumber, width);
        return new Rows(
            aligned.Select(
                (line, index) =>
                    index == 0 ? new Text(line, s_heading)
                    : index - 1 + first == rows.SelectedIndex ? new Text(line.PadRight(width), s_selected)
                    : new Text(line)
            )
        );
    }

    private static string[] Headings<T>(TopTable<T> rows)
        where T : class =>
        [
            .. rows.Columns.Select(
                (column, index) =>
                    column.Header
                    + (
                        index != rows.Sort ? ""
                        : column.IsNumber != rows.IsReversed ? "↓"
                        : "↑"
                    )
            ),
        ];

    private static string[] Cells<T>(TopTable<T> rows, T row)
        where T : class => [.. rows.Columns.Select(column => column.Text(row))];

    private static Rows DrawDetail(MapDetail detail, int width, int lines)
    {
        List<IRenderable> parts = [Line($"map {detail.Title}", width)];
        (string Key, Histogram Histogram)[] histograms = [.. detail.Histograms.Take(Math.Max(1, lines / (2 * HistogramLines)))];
        List<string> drawn = [];
        foreach ((string key, Histogram histogram) in histograms)
        {
            if (key.Length != 0)
                drawn.Add(key);
            drawn.AddRange(histogram.Draw(Math.Clamp(width - 40, 10, 60)).Take(HistogramLines));
        }
        int left = Math.Max(0, lines - drawn.Count - 1);
        if (detail.Rows.Count != 0)
        {
            string[] aligned = ScreenTable.Align(
                [
                    [.. detail.Headers],
                    .. detail.Rows.Take(left),
                ],
                static _ => false,
                width
            );
            parts.AddRange(aligned.Select(static (line, index) => new Text(line, index == 0 ? s_heading : Style.Plain)));
        }
        else if (detail.Problem is { } problem)
            parts.Add(Line(problem, width));
        parts.AddRange(drawn.Select(line => Line(line, width, s_bar)));
        return new Rows(parts);
    }

    private static Text Line(string text, int width, Style? style = null) =>
        new(ScreenTable.Fit(OutsideText.Escape(text), width), style ?? Style.Plain);
}
