namespace BpfMaps.Tool.Building;

/// <summary>An input file of the project and its output file.</summary>
/// <param name="From">The full path of a C source, or of an object.</param>
/// <param name="To">The full path of the object, or of the layout file.</param>
/// <param name="Place">The path of the object, relative to the output folder.</param>
internal sealed record BuildItem(string From, string To, string Place);
