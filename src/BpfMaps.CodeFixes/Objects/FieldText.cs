namespace BpfMaps.CodeFixes.Objects;

/// <summary>A C# field.</summary>
/// <param name="Comment">Information from C that C# cannot express.</param>
/// <param name="IsPadding">Whether it is padding.</param>
internal sealed record FieldText(
    int Offset,
    string Name,
    string Type,
    int Size,
    int Alignment,
    string? Comment = null,
    bool IsPadding = false
);
