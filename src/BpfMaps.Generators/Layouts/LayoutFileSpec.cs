namespace BpfMaps.Generators.Layouts;

/// <summary>A <c>.layout</c> file.</summary>
/// <param name="Path">The path, with slashes.</param>
/// <param name="Layout">The contents; <see langword="null"/> if the file is not valid.</param>
internal sealed record LayoutFileSpec(string Path, LayoutFile? Layout);
