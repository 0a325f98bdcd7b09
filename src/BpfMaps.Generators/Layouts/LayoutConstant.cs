namespace BpfMaps.Generators.Layouts;

/// <summary>
/// A constant of an enumeration. In an unsigned enumeration of 8 bytes, <paramref name="Value"/> has the bits of the value.
/// </summary>
internal sealed record LayoutConstant(string Name, long Value);
