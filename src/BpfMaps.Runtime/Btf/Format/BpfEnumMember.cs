namespace BpfMaps.Metadata;

/// <summary>A constant of an enumeration.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value. Of an unsigned enumeration of 8 bytes, the value's bits.</param>
internal readonly record struct BpfEnumMember(string Name, long Value);
