namespace BpfMaps.Symbols.Processes;

/// <summary>The function that contains a place in a file.</summary>
/// <param name="Name">The name, without the version of the symbol.</param>
/// <param name="Offset">The distance in bytes from the first instruction.</param>
internal readonly record struct ElfSymbol(string Name, ulong Offset);
