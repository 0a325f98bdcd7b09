namespace BpfMaps.Generators.Layouts;

/// <summary>A program and its section, which determines its type.</summary>
internal sealed record LayoutProgram(string Name, string Section);
