namespace BpfMaps.Tool.Entries;

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value; for per-CPU maps, the values of all possible CPUs.</param>
internal readonly record struct Entry(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value);
