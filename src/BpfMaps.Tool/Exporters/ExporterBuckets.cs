namespace BpfMaps.Tool.Exporters;

/// <summary>The buckets of a histogram.</summary>
/// <param name="Type"><c>exp2</c>, <c>exp2zero</c>, <c>linear</c> or <c>fixed</c>.</param>
/// <param name="Keys">For <c>fixed</c>: the buckets in the key of the map, which are also their upper bounds.</param>
internal sealed record ExporterBuckets(string Type, double Multiplier, int Min, int Max, IReadOnlyList<double> Keys);
