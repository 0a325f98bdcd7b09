using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BpfMaps.Metadata;

/// <summary>
/// Aggregates array fields of per-CPU values, element by element. Generated code calls it for fields for which
/// <c>total.Field += value.Field</c> is not possible: inline arrays, fixed buffers and inaccessible fields.
/// </summary>
/// <remarks>
/// Each method takes the field as a byte offset into <c>TValue</c> and a number of <c>TNumber</c> elements (1 for a single number), which
/// must be inside the value (<see cref="ArgumentOutOfRangeException"/>). Integers wrap around. No memory is allocated.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BpfAggregation
{
    private interface IOperation<TNumber>
        where TNumber : unmanaged, INumber<TNumber>
    {
        static abstract TNumber Apply(TNumber total, TNumber value);

        static abstract Vector<TNumber> Apply(Vector<TNumber> total, Vector<TNumber> value);
    }

    /// <summary>Adds <paramref name="count"/> numbers of <paramref name="value"/> to those of <paramref name="total"/>.</summary>
    /// <typeparam name="TValue">The type that contains the field.</typeparam>
    /// <typeparam name="TNumber">The type of one element.</typeparam>
    /// <param name="total">The total.</param>
    /// <param name="value">The value to add.</param>
    /// <param name="offset">The offset of the field in bytes.</param>
    /// <param name="count">The number of elements.</param>
    public static void Sum<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count)
        where TValue : unmanaged
        where TNumber : unmanaged, INumber<TNumber> => Combine<TValue, TNumber, SumOperation<TNumber>>(ref total, in value, offset, count);

    /// <summary>Keeps the larger number of each pair. NaN takes precedence over numbers.</summary>
    /// <typeparam name="TValue">The type that contains the field.</typeparam>
    /// <typeparam name="TNumber">The type of one element.</typeparam>
    /// <param name="total">The total, which receives the result.</param>
    /// <param name="value">The value to compare with.</param>
    /// <param name="offset">The offset of the field in bytes.</param>
    /// <param name="count">The number of elements.</param>
    public static void Max<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count)
        where TValue : unmanaged
        where TNumber : unmanaged, INumber<TNumber> => Combine<TValue, TNumber, MaxOperation<TNumber>>(ref total, in value, offset, count);

    /// <summary>Keeps the smaller number of each pair. NaN takes precedence over numbers.</summary>
    /// <inheritdoc cref="Max{TValue, TNumber}"/>
    public static void Min<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count)
        where TValue : unmanaged
        where TNumber : unmanaged, INumber<TNumber> => Combine<TValue, TNumber, MinOperation<TNumber>>(ref total, in value, offset, count);

    /// <summary>Sets the bits in <paramref name="total"/> that are set in <paramref name="value"/>.</summary>
    /// <typeparam name="TValue">The type that contains the field.</typeparam>
    /// <typeparam name="TNumber">The type of one element, an integer.</typeparam>
    /// <param name="total">The total, which receives the bits.</param>
    /// <param name="value">The value with the bits to set.</param>
    /// <param name="offset">The offset of the field in bytes.</param>
    /// <param name="count">The number of elements.</param>
    public static void BitOr<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count)
        where TValue : unmanaged
        where TNumber : unmanaged, IBinaryInteger<TNumber> =>
        Combine<TValue, TNumber, BitOrOperation<TNumber>>(ref total, in value, offset, count);

    private static void Combine<TValue, TNumber, TOperation>(ref TValue total, in TValue value, int offset, int count)
        where TValue : unmanaged
        where TNumber : unmanaged, INumber<TNumber>
        where TOperation : IOperation<TNumber>
    {
        Span<TNumber> totals = MemoryMarshal.Cast<byte, TNumber>(MemoryMarshal.AsBytes(new Span<TValue>(ref total))[offset..])[..count];
        ReadOnlySpan<TNumber> values = MemoryMarshal.Cast<byte, TNumber>(
            MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value))[offset..]
        )[..count];

        if (Vector<TNumber>.IsSupported)
        {
            Span<Vector<TNumber>> wideTotals = MemoryMarshal.Cast<TNumber, Vector<TNumber>>(totals);
            ReadOnlySpan<Vector<TNumber>> wideValues = MemoryMarshal.Cast<TNumber, Vector<TNumber>>(values);
            for (int index = 0; index < wideTotals.Length && index < wideValues.Length; index++)
                wideTotals[index] = TOperation.Apply(wideTotals[index], wideValues[index]);

            int done = wideTotals.Length * Vector<TNumber>.Count;
            totals = totals[done..];
            values = values[done..];
        }

        for (int index = 0; index < totals.Length && index < values.Length; index++)
            totals[index] = TOperation.Apply(totals[index], values[index]);
    }

    private readonly struct SumOperation<TNumber> : IOperation<TNumber>
        where TNumber : unmanaged, INumber<TNumber>
    {
        public static TNumber Apply(TNumber total, TNumber value) => unchecked(total + value);

        public static Vector<TNumber> Apply(Vector<TNumber> total, Vector<TNumber> value) => total + value;
    }

    private readonly struct MaxOperation<TNumber> : IOperation<TNumber>
        where TNumber : unmanaged, INumber<TNumber>
    {
        public static TNumber Apply(TNumber total, TNumber value) => TNumber.Max(total, value);

        public static Vector<TNumber> Apply(Vector<TNumber> total, Vector<TNumber> value) => Vector.Max(total, value);
    }

    private readonly struct MinOperation<TNumber> : IOperation<TNumber>
        where TNumber : unmanaged, INumber<TNumber>
    {
        public static TNumber Apply(TNumber total, TNumber value) => TNumber.Min(total, value);

        public static Vector<TNumber> Apply(Vector<TNumber> total, Vector<TNumber> value) => Vector.Min(total, value);
    }

    private readonly struct BitOrOperation<TNumber> : IOperation<TNumber>
        where TNumber : unmanaged, IBinaryInteger<TNumber>
    {
        public static TNumber Apply(TNumber total, TNumber value) => total | value;

        public static Vector<TNumber> Apply(Vector<TNumber> total, Vector<TNumber> value) => total | value;
    }
}
