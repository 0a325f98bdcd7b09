namespace BpfMaps.Generators.Objects;

/// <summary>The bits of a property, in one storage field or in several.</summary>
/// <param name="FirstBit">The first bit, counted from the start of the generated struct in the byte order of the object.</param>
internal sealed record BitsPlan(IReadOnlyList<BitsPart> Parts, int FirstBit, int Count);
