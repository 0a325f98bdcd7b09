using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>The layouts of primitive types.</summary>
internal static class PrimitiveLayouts
{
    public static TypeLayout Char8 { get; } = Scalar("char", BpfTypeKind.Char, 1, "Char8");

    public static TypeLayout Byte { get; } = Number("byte", BpfTypeKind.Unsigned, 1);

    public static TypeLayout UInt32 { get; } = Number("uint", BpfTypeKind.Unsigned, 4);

    public static TypeLayout? Of(ITypeSymbol type) =>
        type.SpecialType switch
        {
            SpecialType.System_Byte => Byte,
            SpecialType.System_SByte => Number("sbyte", BpfTypeKind.Signed, 1),
            SpecialType.System_Int16 => Number("short", BpfTypeKind.Signed, 2),
            SpecialType.System_UInt16 => Number("ushort", BpfTypeKind.Unsigned, 2),
            SpecialType.System_Int32 => Number("int", BpfTypeKind.Signed, 4),
            SpecialType.System_UInt32 => UInt32,
            SpecialType.System_Int64 => Number("long", BpfTypeKind.Signed, 8),
            SpecialType.System_UInt64 => Number("ulong", BpfTypeKind.Unsigned, 8),
            SpecialType.System_Single => Number("float", BpfTypeKind.Float, 4),
            SpecialType.System_Double => Number("double", BpfTypeKind.Float, 8),
            SpecialType.None when type.IsInSystem("Int128") => Number("global::System.Int128", BpfTypeKind.Signed, 16),
            SpecialType.None when type.IsInSystem("UInt128") => Number("global::System.UInt128", BpfTypeKind.Unsigned, 16),
            _ when type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying }
                    && Of(underlying) is { } number => Scalar(
                type.Name,
                number.Kind == BpfTypeKind.Signed ? BpfTypeKind.SignedEnum : BpfTypeKind.Enum,
                number.Size,
                known: null
            ),
            _ => null,
        };

    /// <summary>Gets the layouts of scalar types of the runtime library: numbers in network byte order and the spin lock.</summary>
    public static TypeLayout? OfRuntimeType(string name) =>
        name switch
        {
            "Be16" => BigEndian(name, 2),
            "Be32" => BigEndian(name, 4),
            "Be64" => BigEndian(name, 8),
            "BpfSpinLock" => new(
                "bpf_spin_lock",
                name,
                BpfTypeKind.Struct,
                4,
                4,
                new[] { new FieldLayout("val", 0, UInt32, 0) }.ToEquatableArray()
            ),
            _ => null,
        };

    public static bool IsSpinLock(TypeLayout layout) => layout is { Name: "bpf_spin_lock", DisplayName: "BpfSpinLock" };

    public static bool IsBigEndian(TypeLayout layout) => layout.Known is null && layout.Name.StartsWith("__be", StringComparison.Ordinal);

    private static TypeLayout BigEndian(string name, int size) =>
        new("__be" + (size * 8).Text(), name, BpfTypeKind.Unsigned, size, size, []);

    // The name of a primitive is C#, because generated code uses it.
    private static TypeLayout Number(string type, BpfTypeKind kind, int size) => Scalar(type, kind, size, $"Of<{type}>()");

    private static TypeLayout Scalar(string name, BpfTypeKind kind, int size, string? known) =>
        new(name, name, kind, size, size, [], known);
}
