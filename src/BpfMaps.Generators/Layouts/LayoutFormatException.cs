namespace BpfMaps.Generators.Layouts;

/// <summary>Stops parsing a file. <see cref="LayoutFileParser"/> catches it.</summary>
internal sealed class LayoutFormatException(LayoutFileError error) : Exception(error.Message)
{
    public LayoutFileError Error { get; } = error;
}
