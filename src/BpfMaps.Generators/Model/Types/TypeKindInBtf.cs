namespace BpfMaps.Generators.Model;

/// <summary>The kind of a type in BTF: the <c>BpfTypeKind</c> of the runtime library.</summary>
internal enum TypeKindInBtf
{
    Unsigned,
    Signed,
    Float,
    Char,
    Enum,
    SignedEnum,
    Struct,
    Union,
}
