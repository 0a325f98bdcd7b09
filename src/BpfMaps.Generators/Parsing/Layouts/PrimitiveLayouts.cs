using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>The layouts of primitive types.</summary>
internal static class PrimitiveLayouts
{
    public static TypeLayout Char8 { get; } = Scalar("char", TypeKindInBtf.Char, 1, "Char8");

    public static TypeLayout Byte { get; } = Scalar("byte", TypeKindInBtf.Unsigned, 1, "Byte");

    public static TypeLayout UInt32 { get; } = Scalar("uint", TypeKindInBtf.Unsigned, 4, "UInt32");

    public static TypeLayout? Of(ITypeSymbol type) =>
        type.SpecialType switch
        {
            SpecialType.System_Byte => Byte,
            SpecialType.System_SByte => Scalar("sbyte", TypeKindInBtf.Signed, 1, "SByte"),
            SpecialType.System_Int16 => Scalar("short", TypeKindInBtf.Signed, 2, "Int16"),
            SpecialType.System_UInt16 => Scalar("ushort", TypeKindInBtf.Unsigned, 2, "UInt16"),
            SpecialType.System_Int32 => Scalar("int", TypeKindInBtf.Signed, 4, "Int32"),
            SpecialType.System_UInt32 => UInt32,
            SpecialType.System_Int64 => Scalar("long", TypeKindInBtf.Signed, 8, "Int64"),
            SpecialType.System_UInt64 => Scalar("ulong", TypeKindInBtf.Unsigned, 8, "UInt64"),
            SpecialType.System_Single => Scalar("float", TypeKindInBtf.Float, 4, "Single"),
            SpecialType.System_Double => Scalar("double", TypeKindInBtf.Float, 8, "Double"),
            SpecialType.None when type.IsInSystem("Int128") => Scalar("global::System.Int128", TypeKindInBtf.Signed, 16, "Int128"),
            SpecialType.None when type.IsInSystem("UInt128") => Scalar("global::System.UInt128", TypeKindInBtf.Unsigned, 16, "UInt128"),
            _ when type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying }
                    && Of(underlying) is { } number => Scalar(
                type.Name,
                number.Kind == TypeKindInBtf.Signed ? TypeKindInBtf.SignedEnum : TypeKindInBtf.Enum,
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
                TypeKindInBtf.Struct,
                4,
                4,
                new[] { new FieldLayout("val", 0, UInt32, 0) }.ToEquatableArray()
            ),
            _ => null,
        };

    public static bool IsSpinLock(TypeLayout layout) => layout is { Name: "bpf_spin_lock", DisplayName: "BpfSpinLock" };

    public static bool IsBigEndian(TypeLayout layout) => layout.Known is null && layout.Name.StartsWith("__be", StringComparison.Ordinal);

    private static TypeLayout BigEndian(string name, int size) =>
        new("__be" + (size * 8).Text(), name, TypeKindInBtf.Unsigned, size, size, []);

    // The name of a primitive is C#, because generated code uses it.
    private static TypeLayout Scalar(string name, TypeKindInBtf kind, int size, string? known) =>
        new(name, name, kind, size, size, [], known);
}
