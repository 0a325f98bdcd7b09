using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Objects;

/// <summary>An enumeration that gets a C# enum.</summary>
internal sealed record EnumPlan(string Name, LayoutType Layout);
