using BpfMaps.Generators.Layouts;

namespace BpfMaps.Tool.Exporters;

/// <summary>The part of a key that a label covers: the whole key, or a field.</summary>
/// <param name="Type">The type in the object.</param>
/// <param name="Struct">The token of the struct with the field; <see langword="null"/> for the whole key.</param>
/// <param name="Field">The C name of the field.</param>
internal sealed record KeyPlace(LayoutTypeUse Type, string? Struct, string Field);
