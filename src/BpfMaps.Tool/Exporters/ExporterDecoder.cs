namespace BpfMaps.Tool.Exporters;

/// <summary>A step from bytes to text.</summary>
/// <param name="StaticMap">For <c>static_map</c>: texts and their replacements.</param>
/// <param name="AllowsUnknown">For <c>static_map</c>: whether other texts stay as they are.</param>
/// <param name="Patterns">For <c>regexp</c>: regular expressions, one of which must match.</param>
internal sealed record ExporterDecoder(
    string Name,
    IReadOnlyList<(string From, string To)> StaticMap,
    bool AllowsUnknown,
    IReadOnlyList<string> Patterns
);
