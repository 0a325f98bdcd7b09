using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BpfMaps.Queries.Questions;

/// <summary>A field of the key or the value.</summary>
/// <param name="Part">The part of the element.</param>
/// <param name="Offset">The offset of the field in the part in bytes.</param>
/// <param name="Type">The type of the field.</param>
/// <param name="IsBigEndian">Whether the field is in network byte order; the number is in the order of the machine.</param>
internal sealed record FieldNumber(Part Part, int Offset, NumberType Type, bool IsBigEndian) : Number(Type)
{
    public override ulong Evaluate(in Row row)
    {
        ReadOnlySpan<byte> bytes = row[Part].Slice(Offset, Type.Size);
        bool isSwapped = IsBigEndian && BitConverter.IsLittleEndian;
        ulong value = Type.Size switch
        {
            1 => bytes[0],
            2 when isSwapped => BinaryPrimitives.ReverseEndianness(MemoryMarshal.Read<ushort>(bytes)),
            2 => MemoryMarshal.Read<ushort>(bytes),
            4 when isSwapped => BinaryPrimitives.ReverseEndianness(MemoryMarshal.Read<uint>(bytes)),
            4 => MemoryMarshal.Read<uint>(bytes),
            _ when isSwapped => BinaryPrimitives.ReverseEndianness(MemoryMarshal.Read<ulong>(bytes)),
            _ => MemoryMarshal.Read<ulong>(bytes),
        };
        return Type.Normalize(value);
    }
}
