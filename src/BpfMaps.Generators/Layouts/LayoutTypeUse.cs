namespace BpfMaps.Generators.Layouts;

/// <summary>A use of a type: an element type and a number of elements.</summary>
/// <param name="Element">A number (<c>u32</c>, <c>char</c>), <c>opaque</c>, or the <see cref="LayoutType.Token"/> of a type.</param>
/// <param name="Count">0: not an array; n: an array of n elements.</param>
/// <param name="CName">The C name of a number, if it contains more information than size and sign (<c>__be32</c>).</param>
internal readonly record struct LayoutTypeUse(string Element, int Count, string? CName = null);
