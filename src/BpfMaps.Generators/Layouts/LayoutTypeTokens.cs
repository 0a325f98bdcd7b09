using BpfMaps.Metadata;

namespace BpfMaps.Generators.Layouts;

/// <summary>The words that refer to structs, unions and enumerations.</summary>
internal static class LayoutTypeTokens
{
    /// <summary>
    /// Gets the kind from the prefix of a word: <see cref="BpfTypeKind.Enum"/> for signed and unsigned enumerations;
    /// <see langword="null"/> for other words.
    /// </summary>
    public static BpfTypeKind? KindOf(string token) =>
        token.StartsWith("struct:", StringComparison.Ordinal) ? BpfTypeKind.Struct
        : token.StartsWith("union:", StringComparison.Ordinal) ? BpfTypeKind.Union
        : token.StartsWith("enum:", StringComparison.Ordinal) ? BpfTypeKind.Enum
        : null;
}
