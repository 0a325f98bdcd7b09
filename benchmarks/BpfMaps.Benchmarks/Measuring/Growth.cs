namespace BpfMaps.Benchmarks;

/// <summary>The growth of a cost with the size of the work.</summary>
/// <param name="Title">The title of the work.</param>
/// <param name="FileName">The file name of the plot.</param>
/// <param name="SizeName">The name of the size.</param>
/// <param name="SizeBase">The factor between consecutive sizes.</param>
/// <param name="CostName">The name of the cost.</param>
/// <param name="Curves">The costs of each side.</param>
internal sealed record Growth(string Title, string FileName, string SizeName, int SizeBase, string CostName, IReadOnlyList<Curve> Curves);

internal sealed record Curve(string Name, IReadOnlyList<Point> Points);

internal readonly record struct Point(double Size, double Cost);
