namespace BpfMaps.Generators.Shapes;

/// <summary>A SHA-256 of what a <see cref="ChecksumWriter"/> took: where two are equal, so is what they were made of.</summary>
internal readonly record struct Checksum(ulong First, ulong Second, ulong Third, ulong Fourth);
