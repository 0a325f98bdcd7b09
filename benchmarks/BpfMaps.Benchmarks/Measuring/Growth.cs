namespace BpfMaps.Benchmarks;

/// <summary>How a cost grows with the size of the work.</summary>
/// <param name="Title">What is done.</param>
/// <param name="FileName">How its plot is called.</param>
/// <param name="SizeName">What grows.</param>
/// <param name="SizeBase">The factor from one size to the next.</param>
/// <param name="CostName">What is measured.</param>
/// <param name="Curves">Who did it, and what it cost.</param>
internal sealed record Growth(string Title, string FileName, string SizeName, int SizeBase, string CostName, IReadOnlyList<Curve> Curves);

internal sealed record Curve(string Name, IReadOnlyList<Point> Points);

internal readonly record struct Point(double Size, double Cost);
