using BpfMaps.Metadata;

namespace BpfMaps.Metrics.Series;

/// <summary>
/// An exported number of an element in 64 bits: an extended integer, or the bits of a <see cref="double"/>.
/// </summary>
/// <param name="Field">The field in the value.</param>
/// <param name="IsGauge">Whether it can decrease. Other numbers only grow until their element is removed and added again.</param>
internal readonly record struct MetricSlot(BpfNumberField Field, bool IsGauge)
{
    public bool IsFloat => Field.Kind == BpfTypeKind.Float;

    public ulong Read(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> bytes = value.Slice(Field.Offset, Field.Size);
        return Field.Kind switch
        {
            BpfTypeKind.Float => BitConverter.DoubleToUInt64Bits(
                Field.Size == 4 ? BitConverter.ToSingle(bytes) : BitConverter.ToDouble(bytes)
            ),
            BpfTypeKind.Signed => (ulong)(
                Field.Size switch
                {
                    1 => (sbyte)bytes[0],
                    2 => BitConverter.ToInt16(bytes),
                    4 => BitConverter.ToInt32(bytes),
                    _ => BitConverter.ToInt64(bytes),
                }
            ),
            _ => Field.Size switch
            {
                1 => bytes[0],
                2 => BitConverter.ToUInt16(bytes),
                4 => BitConverter.ToUInt32(bytes),
                _ => BitConverter.ToUInt64(bytes),
            },
        };
    }

    /// <summary>Gets whether a counter decreased, because its element was removed and added again.</summary>
    public bool IsBelow(ulong now, ulong before) =>
        Field.Kind switch
        {
            BpfTypeKind.Float => BitConverter.UInt64BitsToDouble(now) < BitConverter.UInt64BitsToDouble(before),
            BpfTypeKind.Signed => (long)now < (long)before,
            _ => now < before,
        };

    public ulong Add(ulong total, ulong number) => IsFloat ? Bits(Value(total) + Value(number)) : unchecked(total + number);

    public ulong Subtract(ulong now, ulong before) => IsFloat ? Bits(Value(now) - Value(before)) : unchecked(now - before);

    private static double Value(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);
}
