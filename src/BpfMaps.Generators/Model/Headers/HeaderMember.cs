using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>A field, or overlapping fields, which C declares in an anonymous union.</summary>
/// <param name="Alignment">The alignment in C.</param>
/// <param name="IsPacked">Whether the union needs <c>packed</c>.</param>
internal sealed record HeaderMember(int Offset, int End, int Alignment, bool IsPacked, EquatableArray<HeaderField> Fields);
