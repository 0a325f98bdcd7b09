using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace BpfMaps.Benchmarks;

/// <summary>Draws results as SVG.</summary>
internal static class Plots
{
    private const double Width = 900;
    private const double CurveHeight = 420;
    private const double BarHeight = 22;

    /// <summary>The largest ratio in the plot: larger ones would shrink the others. The table has all of them.</summary>
    private const double LargestRatio = 3;

    private static readonly OxyColor s_theirs = OxyColor.FromRgb(0x8a, 0x8a, 0x8a);
    private static readonly OxyColor s_ours = OxyColor.FromRgb(0x51, 0x2b, 0xd4);

    public static bool ShowsRatio(Result result) => result.Ratio is <= LargestRatio and >= 1 / LargestRatio;

    /// <summary>Draws a bar for every ratio, and a line at ratio 1.</summary>
    public static string Ratios(IReadOnlyList<Result> results)
    {
        List<Result> shown = [.. results.Where(ShowsRatio).Reverse()];
        PlotModel model = NewModel("Time of C# divided by the time of the other side", left: 420);
        CategoryAxis names = new()
        {
            Position = AxisPosition.Left,
            GapWidth = 0.3,
            IsTickCentered = true,
            TickStyle = TickStyle.None,
        };
        BarSeries bars = new() { FillColor = s_ours, StrokeThickness = 0 };
        foreach (Result result in shown)
        {
            names.Labels.Add($"{result.Workload}, {result.Against}");
            bars.Items.Add(new BarItem(result.Ratio!.Value));
        }

        model.Axes.Add(names);
        model.Axes.Add(
            new LinearAxis
            {
                Position = AxisPosition.Bottom,
                Minimum = 0,
                Maximum = LargestRatio,
                MajorGridlineStyle = LineStyle.Dot,
            }
        );
        model.Series.Add(bars);
        model.Annotations.Add(
            new LineAnnotation
            {
                Type = LineAnnotationType.Vertical,
                X = 1,
                Color = OxyColors.Black,
                LineStyle = LineStyle.Solid,
            }
        );
        return Draw(model, 120 + (BarHeight * shown.Count));
    }

    public static string Curves(Growth growth)
    {
        PlotModel model = NewModel(growth.Title, left: 70);
        model.Axes.Add(
            new LogarithmicAxis
            {
                Position = AxisPosition.Bottom,
                Title = growth.SizeName,
                AxisTitleDistance = 8,
                Base = growth.SizeBase,
                LabelFormatter = size => Texts.Invariant($"{size:N0}"),
                MajorGridlineStyle = LineStyle.Dot,
                MinorTickSize = 0,
            }
        );
        model.Axes.Add(
            new LinearAxis
            {
                Position = AxisPosition.Left,
                Title = growth.CostName,
                AxisTitleDistance = 18,
                Minimum = 0,
                MajorGridlineStyle = LineStyle.Dot,
            }
        );
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.LeftTop });
        for (int index = 0; index < growth.Curves.Count; index++)
        {
            Curve curve = growth.Curves[index];
            LineSeries line = new()
            {
                Title = curve.Name,
                Color = index == growth.Curves.Count - 1 ? s_ours : s_theirs,
                StrokeThickness = 2,
                MarkerType = MarkerType.Circle,
                MarkerSize = 3,
            };
            line.Points.AddRange(curve.Points.Select(point => new DataPoint(point.Size, point.Cost)));
            model.Series.Add(line);
        }

        return Draw(model, CurveHeight);
    }

    /// <param name="title">The title.</param>
    /// <param name="left">The width of the labels on the left axis.</param>
    private static PlotModel NewModel(string title, double left) =>
        new()
        {
            Title = title,
            TitleFontSize = 15,
            Background = OxyColors.White,
            DefaultFont = "Arial", // The exporter has the character widths of this font.
            PlotMargins = new OxyThickness(left, double.NaN, double.NaN, double.NaN),
        };

    private static string Draw(PlotModel model, double height)
    {
        using MemoryStream stream = new();
        new SvgExporter
        {
            Width = Width,
            Height = height,
            UseVerticalTextAlignmentWorkaround = true,
        }.Export(model, stream);
        stream.Position = 0;
        using StreamReader reader = new(stream); // Removes the byte order mark.
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }
}
