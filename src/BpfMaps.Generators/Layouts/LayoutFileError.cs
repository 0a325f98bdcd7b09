namespace BpfMaps.Generators.Layouts;

/// <summary>The reason why a file was rejected.</summary>
/// <param name="Line">The line number, starting at 1.</param>
internal sealed record LayoutFileError(int Line, string Message);
