namespace BpfMaps.Generators.Layouts;

/// <summary>A <c>.layout</c> file.</summary>
/// <param name="Path">The path, with slashes.</param>
/// <param name="Layout">The contents; <see langword="null"/> if the file is not valid.</param>
/// <param name="IsEmbedded">Whether the build makes the object a resource of the assembly (<c>Embed="true"</c>).</param>
internal sealed record LayoutFileSpec(string Path, LayoutFile? Layout, bool IsEmbedded = false)
{
    /// <summary>The metadata of additional files with which the build marks embedded objects.</summary>
    public const string EmbedOption = "build_metadata.AdditionalFiles.BpfEmbed";
}
