using System.Buffers.Binary;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Fields;

/// <summary>Reads and writes numbers in keys and values, including bitfields and numbers in network byte order.</summary>
internal static class Scalars
{
    /// <summary>Reads an integer of up to 8 bytes.</summary>
    /// <param name="field">The field.</param>
    /// <param name="bytes">The bytes of the field.</param>
    public static Int128 ReadInteger(TypedField field, ReadOnlySpan<byte> bytes)
    {
        if (field.Bits is { } bits)
            return Signed(field, (ulong)ReadBits(bits, bytes), bits.BitSize);
        UInt128 value = IsBigEndian(field) ? FromBigEndian(bytes) : FromMachine(bytes);
        return Signed(field, (ulong)value, 8 * field.Size);
    }

    /// <summary>Writes an integer of up to 8 bytes, which must be in the range of the field.</summary>
    public static void WriteInteger(TypedField field, Span<byte> bytes, Int128 value)
    {
        if (field.Bits is { } bits)
        {
            WriteBits(bits, bytes, (UInt128)value);
            return;
        }
        for (int index = 0; index < bytes.Length; index++)
        {
            int place = IsBigEndian(field) || !BitConverter.IsLittleEndian ? bytes.Length - 1 - index : index;
            bytes[place] = (byte)(ulong)(value >> (8 * index));
        }
    }

    /// <summary>Gets the smallest and the largest number of a field.</summary>
    public static (Int128 Least, Int128 Most) Range(TypedField field)
    {
        int bits = field.Bits?.BitSize ?? (8 * field.Size);
        return IsSigned(field) ? (-(Int128.One << (bits - 1)), (Int128.One << (bits - 1)) - 1) : (0, (Int128.One << bits) - 1);
    }

    public static double ReadFloat(TypedField field, ReadOnlySpan<byte> bytes) =>
        (field.Size, BitConverter.IsLittleEndian) switch
        {
            (sizeof(float), true) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            (sizeof(float), false) => BinaryPrimitives.ReadSingleBigEndian(bytes),
            (_, true) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            _ => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        };

    public static void WriteFloat(TypedField field, Span<byte> bytes, double value)
    {
        byte[] machine = field.Size == sizeof(float) ? BitConverter.GetBytes((float)value) : BitConverter.GetBytes(value);
        machine.CopyTo(bytes);
    }

    /// <summary>Gets the bits of a bitfield of more than 64 bits, the most significant byte first.</summary>
    public static byte[] ReadWideBits(BpfFieldLayout field, ReadOnlySpan<byte> bytes)
    {
        byte[] value = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(value, ReadBits(field, bytes));
        return value[(16 - field.Type.Size)..];
    }

    private static bool IsBigEndian(TypedField field) => field.Form == FieldForm.BigEndian;

    private static bool IsSigned(TypedField field) => field.Type?.Kind is BpfTypeKind.Signed or BpfTypeKind.SignedEnum;

    private static Int128 Signed(TypedField field, ulong value, int bits) =>
        IsSigned(field) ? (long)(value << (64 - bits)) >> (64 - bits) : value;

    /// <summary>
    /// Reads a bitfield. Bits are counted from the lowest bit on little-endian machines, and from the highest on big-endian machines.
    /// </summary>
    private static UInt128 ReadBits(BpfFieldLayout field, ReadOnlySpan<byte> bytes) =>
        (FromMachine(bytes) >> BitsBehind(field)) & Mask(field);

    private static void WriteBits(BpfFieldLayout field, Span<byte> bytes, UInt128 value)
    {
        UInt128 mask = Mask(field) << BitsBehind(field);
        UInt128 unit = (FromMachine(bytes) & ~mask) | ((value << BitsBehind(field)) & mask);
        for (int index = 0; index < bytes.Length; index++)
            bytes[BitConverter.IsLittleEndian ? index : bytes.Length - 1 - index] = (byte)(ulong)(unit >> (8 * index));
    }

    private static int BitsBehind(BpfFieldLayout field) =>
        BitConverter.IsLittleEndian ? field.BitOffset : (8 * field.Size) - field.BitOffset - field.BitSize;

    private static UInt128 Mask(BpfFieldLayout field) => UInt128.MaxValue >> (128 - field.BitSize);

    private static UInt128 FromMachine(ReadOnlySpan<byte> bytes)
    {
        if (!BitConverter.IsLittleEndian)
            return FromBigEndian(bytes);
        UInt128 value = 0;
        for (int index = bytes.Length - 1; index >= 0; index--)
            value = (value << 8) | bytes[index];
        return value;
    }

    private static UInt128 FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        UInt128 value = 0;
        foreach (byte part in bytes)
            value = (value << 8) | part;
        return value;
    }
}
