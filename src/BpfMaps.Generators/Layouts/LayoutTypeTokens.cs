using BpfMaps.Generators.Model;

namespace BpfMaps.Generators.Layouts;

/// <summary>The words that refer to structs, unions and enumerations.</summary>
internal static class LayoutTypeTokens
{
    /// <summary>
    /// Gets the kind from the prefix of a word: <see cref="TypeKindInBtf.Enum"/> for signed and unsigned enumerations;
    /// <see langword="null"/> for other words.
    /// </summary>
    public static TypeKindInBtf? KindOf(string token) =>
        token.StartsWith("struct:", StringComparison.Ordinal) ? TypeKindInBtf.Struct
        : token.StartsWith("union:", StringComparison.Ordinal) ? TypeKindInBtf.Union
        : token.StartsWith("enum:", StringComparison.Ordinal) ? TypeKindInBtf.Enum
        : null;
}
