namespace BpfMaps;

/// <summary>Exports a number that only grows as a counter.</summary>
/// <param name="name">The name; see <see cref="BpfMetricAttribute.Name"/>.</param>
/// <remarks>
/// An exported counter never shrinks: when an element was removed and added again, its new count is added to the old one.
/// </remarks>
public sealed class BpfCounterAttribute(string name) : BpfMetricAttribute(name);
