namespace BpfMaps.Generators.Shapes;

/// <summary>A SHA-256 checksum from a <see cref="ChecksumWriter"/>.</summary>
internal readonly record struct Checksum(ulong First, ulong Second, ulong Third, ulong Fourth);
