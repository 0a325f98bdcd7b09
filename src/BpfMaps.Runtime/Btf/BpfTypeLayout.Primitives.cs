namespace BpfMaps.Metadata;

public sealed partial class BpfTypeLayout
{
    /// <summary><c>char</c>: one byte of text, the element type of <see cref="BpfText{TBytes}"/>.</summary>
    public static BpfTypeLayout Char8 { get; } = Scalar("char", BpfTypeKind.Char, 1);

    /// <summary>Gets the layout of a number, with the name that C has for it.</summary>
    /// <typeparam name="T">
    /// An integer of 1 to 16 bytes (<c>__u8</c> to <c>unsigned __int128</c>, <c>__s8</c> to <c>__int128</c>), or <see cref="float"/> or
    /// <see cref="double"/>.
    /// </typeparam>
    /// <returns>The layout; always the same object for a type.</returns>
    /// <exception cref="NotSupportedException">The type is not such a number.</exception>
    public static BpfTypeLayout Of<T>()
        where T : unmanaged => Primitive<T>.Layout ?? throw new NotSupportedException($"{typeof(T)} is not a number with a layout in C.");

    private static BpfTypeLayout? PrimitiveOf(Type type) =>
        type switch
        {
            _ when type == typeof(byte) => Scalar("__u8", BpfTypeKind.Unsigned, 1),
            _ when type == typeof(sbyte) => Scalar("__s8", BpfTypeKind.Signed, 1),
            _ when type == typeof(short) => Scalar("__s16", BpfTypeKind.Signed, 2),
            _ when type == typeof(ushort) => Scalar("__u16", BpfTypeKind.Unsigned, 2),
            _ when type == typeof(int) => Scalar("__s32", BpfTypeKind.Signed, 4),
            _ when type == typeof(uint) => Scalar("__u32", BpfTypeKind.Unsigned, 4),
            _ when type == typeof(long) => Scalar("__s64", BpfTypeKind.Signed, 8),
            _ when type == typeof(ulong) => Scalar("__u64", BpfTypeKind.Unsigned, 8),
            _ when type == typeof(Int128) => Scalar("__int128", BpfTypeKind.Signed, 16),
            _ when type == typeof(UInt128) => Scalar("unsigned __int128", BpfTypeKind.Unsigned, 16),
            _ when type == typeof(float) => Scalar("float", BpfTypeKind.Float, 4),
            _ when type == typeof(double) => Scalar("double", BpfTypeKind.Float, 8),
            _ => null,
        };

    private static class Primitive<T>
    {
        public static readonly BpfTypeLayout? Layout = PrimitiveOf(typeof(T));
    }
}
