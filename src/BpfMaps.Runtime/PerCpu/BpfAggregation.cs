using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// Adds the array field of one CPU's value to that of the total, element by element. Generated code calls it where <c>total.Field += value.Field</c>
/// cannot be written: inline arrays, fixed buffers, fields that are not accessible.
/// </summary>
/// <remarks>
/// Each method takes the field as a byte offset into <c>TValue</c> and a number of elements of <c>TNumber</c> (1 for a single number), which must lie
/// inside of it (<see cref="ArgumentOutOfRangeException"/>). Integers wrap around. Nothing is allocated.
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
    /// <typeparam name="TValue">The type that has the field.</typeparam>
    /// <typeparam name="TNumber">The type of one element.</typeparam>
    /// <param name="total">What is added to.</param>
    /// <param name="value">What is added.</param>
    /// <param name="offset">Where the field starts, in bytes.</param>
    /// <param name="count">How many elements it has.</param>
    public static void Sum<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count)
        where TValue : unmanaged
        where TNumber : unmanaged, INumber<TNumber>
        => Combine<TValue, TNumber, SumOperation<TNumber>>(ref total, in value, offset, count);

    /// <summary>Keeps the larger one of each pair of numbers. NaN wins over numbers.</summary>
    /// <inheritdoc cref="Sum{TValue, TNumber}"/>
    /// <typeparam name="TValue">The type that has the field.</typeparam>
    /// <typeparam name="TNumber">The type of one element.</typeparam>
    /// <param name="total">What is compared with, and gets the result.</param>
    /// <param name="value">What is compared.</param>
    /// <param name="offset">Where the field starts, in bytes.</param>
    /// <param name="count">How many elements it has.</param>
    public static void Max<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count)
        where TValue : unmanaged
        where TNumber : unmanaged, INumber<TNumber>
        => Combine<TValue, TNumber, MaxOperation<TNumber>>(ref total, in value, offset, count);

    /// <summary>Keeps the smaller one of each pair of numbers. NaN wins over numbers.</summary>
    /// <inheritdoc cref="Max{TValue, TNumber}"/>
    public static void Min<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count)
        where TValue : unmanaged
        where TNumber : unmanaged, INumber<TNumber>
        => Combine<TValue, TNumber, MinOperation<TNumber>>(ref total, in value, offset, count);

    /// <summary>Sets the bits in <paramref name="total"/> that are set in <paramref name="value"/>.</summary>
    /// <typeparam name="TValue">The type that has the field.</typeparam>
    /// <typeparam name="TNumber">The type of one element, an integer.</typeparam>
    /// <param name="total">What gets the bits.</param>
    /// <param name="value">What has the bits.</param>
    /// <param name="offset">Where the field starts, in bytes.</param>
    /// <param name="count">How many elements it has.</param>
    public static void BitOr<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count)
        where TValue : unmanaged
        where TNumber : unmanaged, IBinaryInteger<TNumber>
        => Combine<TValue, TNumber, BitOrOperation<TNumber>>(ref total, in value, offset, count);

    private static void Combine<TValue, TNumber, TOperation>(ref TValue total, in TValue value, int offset, int count)
        where TValue : unmanaged
        where TNumber : unmanaged, INumber<TNumber>
        where TOperation : IOperation<TNumber>
    {
        Span<TNumber> totals = MemoryMarshal.Cast<byte, TNumber>(MemoryMarshal.AsBytes(new Span<TValue>(ref total))[offset..])[..count];
        ReadOnlySpan<TNumber> values = MemoryMarshal.Cast<byte, TNumber>(MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value))[offset..])[..count];

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
