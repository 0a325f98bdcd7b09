using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Queries;

/// <summary>An integer type of queries.</summary>
/// <param name="Size">1, 2, 4 or 8 bytes.</param>
/// <param name="IsSigned">Whether the type is signed.</param>
internal sealed record IntegerType(int Size, bool IsSigned)
{
    /// <summary>Gets the integer of a type: integers, characters, <c>bool</c>, enumerations, and numbers in network byte order.</summary>
    public static IntegerType? Of(ITypeSymbol? type) =>
        type?.SpecialType switch
        {
            SpecialType.System_Boolean or SpecialType.System_Byte => new(1, false),
            SpecialType.System_SByte => new(1, true),
            SpecialType.System_UInt16 or SpecialType.System_Char => new(2, false),
            SpecialType.System_Int16 => new(2, true),
            SpecialType.System_UInt32 => new(4, false),
            SpecialType.System_Int32 => new(4, true),
            SpecialType.System_UInt64 or SpecialType.System_UIntPtr => new(8, false),
            SpecialType.System_Int64 or SpecialType.System_IntPtr => new(8, true),
            SpecialType.None when type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } => Of(underlying),
            SpecialType.None when NetworkOrderSize(type) is var size and > 0 => new(size, false),
            _ => null,
        };

    public static bool IsNetworkOrder(ITypeSymbol? type) => type is not null && NetworkOrderSize(type) > 0;

    private static int NetworkOrderSize(ITypeSymbol type) =>
        !type.IsInRuntimeNamespace() ? 0
        : type.Name == "Be16" ? 2
        : type.Name == "Be32" ? 4
        : type.Name == "Be64" ? 8
        : 0;
}
