namespace BpfMaps.Metadata;

/// <summary>The layouts of types without fields.</summary>
internal static class BtfScalars
{
    public static BpfTypeLayout Pointer { get; } = BpfTypeLayout.Scalar("void *", BpfTypeKind.Unsigned, 8);

    public static BpfTypeLayout Integer(BtfType type, in TypeNames names)
    {
        int size = (int)type.Size;

        // The name is the only difference between text and small numbers.
        bool isText = size == 1 && (type.Name == "char" || type.IsCharacter);
        // How BtfWriter writes them for kernels without BTF_KIND_FLOAT.
        bool isFloat = size is 4 or 8 && type.Name == BtfNames.Float(size);
        BpfTypeKind kind =
            isText ? BpfTypeKind.Char
            : isFloat ? BpfTypeKind.Float
            : type.IsSigned ? BpfTypeKind.Signed
            : BpfTypeKind.Unsigned;
        return BpfTypeLayout.Scalar(names.ForNumber(type.Name), kind, size);
    }

    public static BpfTypeLayout Enumeration(BtfType type, in TypeNames names)
    {
        // Clang before version 15 does not record whether an enumeration is signed; a negative constant shows it.
        bool isSigned = type.IsSigned || (type.Kind == BtfKind.Enum && type.EnumMembers.Any(static member => member.Value < 0));
        BpfTypeKind kind = isSigned ? BpfTypeKind.SignedEnum : BpfTypeKind.Enum;
        IEnumerable<BpfEnumMember> members =
            isSigned || type.Kind == BtfKind.Enum64
                ? type.EnumMembers
                : type.EnumMembers.Select(static member => member with { Value = (uint)member.Value });
        BpfTypeLayout layout = BpfTypeLayout.Enumeration(names.ForMembers(type.Name), kind, (int)type.Size, [.. members]);

        // Clang before version 15 has no BTF_KIND_ENUM64 and keeps only the low half of constants.
        return type is { Kind: BtfKind.Enum, Size: sizeof(ulong) } ? layout.WithCutConstants() : layout;
    }
}
