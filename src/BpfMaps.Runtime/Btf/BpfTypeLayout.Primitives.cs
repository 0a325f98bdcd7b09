namespace BpfMaps.Metadata;

public sealed partial class BpfTypeLayout
{
    /// <summary><c>__u8</c>, <see cref="byte"/>.</summary>
    public static BpfTypeLayout Byte { get; } = Scalar("__u8", BpfTypeKind.Unsigned, 1);

    /// <summary><c>__s8</c>, <see cref="sbyte"/>.</summary>
    public static BpfTypeLayout SByte { get; } = Scalar("__s8", BpfTypeKind.Signed, 1);

    /// <summary><c>__s16</c>, <see cref="short"/>.</summary>
    public static BpfTypeLayout Int16 { get; } = Scalar("__s16", BpfTypeKind.Signed, 2);

    /// <summary><c>__u16</c>, <see cref="ushort"/>.</summary>
    public static BpfTypeLayout UInt16 { get; } = Scalar("__u16", BpfTypeKind.Unsigned, 2);

    /// <summary><c>__s32</c>, <see cref="int"/>.</summary>
    public static BpfTypeLayout Int32 { get; } = Scalar("__s32", BpfTypeKind.Signed, 4);

    /// <summary><c>__u32</c>, <see cref="uint"/>.</summary>
    public static BpfTypeLayout UInt32 { get; } = Scalar("__u32", BpfTypeKind.Unsigned, 4);

    /// <summary><c>__s64</c>, <see cref="long"/>.</summary>
    public static BpfTypeLayout Int64 { get; } = Scalar("__s64", BpfTypeKind.Signed, 8);

    /// <summary><c>__u64</c>, <see cref="ulong"/>.</summary>
    public static BpfTypeLayout UInt64 { get; } = Scalar("__u64", BpfTypeKind.Unsigned, 8);

    /// <summary><c>__int128</c>, <see cref="System.Int128"/>.</summary>
    public static BpfTypeLayout Int128 { get; } = Scalar("__int128", BpfTypeKind.Signed, 16);

    /// <summary><c>unsigned __int128</c>, <see cref="System.UInt128"/>.</summary>
    public static BpfTypeLayout UInt128 { get; } = Scalar("unsigned __int128", BpfTypeKind.Unsigned, 16);

    /// <summary><c>float</c>, <see cref="float"/>.</summary>
    public static BpfTypeLayout Single { get; } = Scalar("float", BpfTypeKind.Float, 4);

    /// <summary><c>double</c>, <see cref="double"/>.</summary>
    public static BpfTypeLayout Double { get; } = Scalar("double", BpfTypeKind.Float, 8);

    /// <summary><c>char</c>: one byte of text, the element type of <see cref="BpfText{TBytes}"/>.</summary>
    public static BpfTypeLayout Char8 { get; } = Scalar("char", BpfTypeKind.Char, 1);
}
