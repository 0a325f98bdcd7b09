namespace BpfMaps;

/// <summary>Exports a number that goes up and down as a gauge.</summary>
/// <param name="name">The name; see <see cref="BpfMetricAttribute.Name"/>.</param>
public sealed class BpfGaugeAttribute(string name) : BpfMetricAttribute(name);
