using BpfMaps.Metadata;

namespace BpfMaps.Tool.Types;

/// <summary>The types of a map in a file.</summary>
/// <param name="Name">The full name of the map, of which the kernel has the beginning.</param>
/// <param name="Key">The key; <see langword="null"/> if there is none, or its type is not known.</param>
/// <param name="Value">
/// The value, for rings and perf event arrays a record; <see langword="null"/> if there is none, or its type is not known.
/// </param>
internal sealed record DeclaredMap(string Name, BpfTypeLayout? Key, BpfTypeLayout? Value);
