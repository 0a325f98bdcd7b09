using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Objects;

/// <summary>A field of a generated struct, or a property over bits.</summary>
/// <param name="Type">The C# type.</param>
/// <param name="Offset">The offset in the generated struct.</param>
/// <param name="Bits">The bits of a property; <see langword="null"/> for a field.</param>
internal sealed record MemberPlan(string Name, string CName, string Type, LayoutTypeUse Use, string? CType, int Offset, BitsPlan? Bits);
