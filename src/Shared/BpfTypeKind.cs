namespace BpfMaps.Metadata;

/// <summary>The kind of a type in a layout.</summary>
#if BPFMAPS_RUNTIME
public
#else
internal
#endif
enum BpfTypeKind
{
    /// <summary>An unsigned integer.</summary>
    Unsigned = 0,

    /// <summary>A signed integer, in two's complement.</summary>
    Signed = 1,

    /// <summary>An IEEE 754 number of 4 or 8 bytes.</summary>
    Float = 2,

    /// <summary>One byte of text.</summary>
    Char = 3,

    /// <summary>An enumeration over an unsigned integer.</summary>
    Enum = 4,

    /// <summary>An enumeration over a signed integer.</summary>
    SignedEnum = 5,

    /// <summary>Fields, each at its offset.</summary>
    Struct = 6,

    /// <summary>Fields that are all at offset 0.</summary>
    Union = 7,
}
