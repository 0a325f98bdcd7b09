namespace BpfMaps.Generators.Objects;

/// <summary>An inline array.</summary>
internal sealed record ArrayPlan(string Name, string ElementType, int Count);
