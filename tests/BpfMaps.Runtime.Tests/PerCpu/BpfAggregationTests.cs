using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;
using CsCheck;

namespace BpfMaps.Tests;

public class BpfAggregationTests
{
    // An odd offset and space for 67 elements of up to 16 bytes: neither vectors nor numbers are aligned, and all lengths have a remainder.
    private const int MaxCount = 67;

    [InlineArray(3 + MaxCount * 16)]
    private struct Blob
    {
        private byte _first;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Three(uint First, uint Second, uint Third);

    [Fact]
    public void IntegersOfEverySize_MatchTheScalarLoop()
    {
        CheckInteger<byte>();
        CheckInteger<sbyte>();
        CheckInteger<ushort>();
        CheckInteger<short>();
        CheckInteger<uint>();
        CheckInteger<int>();
        CheckInteger<ulong>();
        CheckInteger<long>();
        CheckInteger<nuint>();
        CheckInteger<nint>();
        CheckInteger<UInt128>();
        CheckInteger<Int128>();
    }

    [Fact]
    public void FloatingPoint_MatchesTheScalarLoop()
    {
        // Random bytes include NaNs, infinities and both zeros.
        CheckNumber<float>(float.IsNaN);
        CheckNumber<double>(double.IsNaN);
    }

    [Fact]
    public void Integers_WrapAround()
    {
        Three total = new(uint.MaxValue, 1, 0);
        BpfAggregation.Sum<Three, uint>(ref total, new(2, 3, 0), 0, 2);
        Assert.Equal(new Three(1, 4, 0), total);
    }

    [Fact]
    public void Aggregation_ChangesOnlyTheField()
    {
        Three total = new(1, 2, 3);
        BpfAggregation.Sum<Three, uint>(ref total, new(100, 200, 300), 4, 1);
        Assert.Equal(new Three(1, 202, 3), total);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(8, 2)]
    [InlineData(13, 0)]
    [InlineData(-4, 1)]
    [InlineData(0, -1)]
    public void FieldOutsideTheValue_IsRejected(int offset, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            Three total = default;
            BpfAggregation.Sum<Three, uint>(ref total, default, offset, count);
        });

    [Fact]
    public void Aggregating_AllocatesNothing()
    {
        Blob total = default,
            value = default;
        Run(ref total, value);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(ref total, value);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Run(ref Blob total, in Blob value)
        {
            BpfAggregation.Sum<Blob, ulong>(ref total, value, 3, 64);
            BpfAggregation.Max<Blob, int>(ref total, value, 3, 63);
            BpfAggregation.BitOr<Blob, byte>(ref total, value, 0, 15);
        }
    }

    private static void CheckInteger<TNumber>()
        where TNumber : unmanaged, IBinaryInteger<TNumber>
    {
        CheckNumber<TNumber>(static _ => false);
        Check<TNumber>(BpfAggregation.BitOr<Blob, TNumber>, static (a, b) => a | b, static _ => false);
    }

    private static void CheckNumber<TNumber>(Func<TNumber, bool> isNaN)
        where TNumber : unmanaged, INumber<TNumber>
    {
        Check(BpfAggregation.Sum<Blob, TNumber>, static (a, b) => unchecked(a + b), isNaN);
        Check(BpfAggregation.Max<Blob, TNumber>, TNumber.Max, isNaN);
        Check(BpfAggregation.Min<Blob, TNumber>, TNumber.Min, isNaN);
    }

    private delegate void Operation(ref Blob total, in Blob value, int offset, int count);

    private static void Check<TNumber>(Operation operation, Func<TNumber, TNumber, TNumber> naive, Func<TNumber, bool> isNaN)
        where TNumber : unmanaged, INumber<TNumber> =>
        Gen.Select(Gen.Byte.Array[Unsafe.SizeOf<Blob>()], Gen.Byte.Array[Unsafe.SizeOf<Blob>()], Gen.Int[0, 3], Gen.Int[0, MaxCount])
            .Sample(
                (totalBytes, valueBytes, offset, count) =>
                {
                    Blob total = MemoryMarshal.Read<Blob>(totalBytes);
                    operation(ref total, MemoryMarshal.Read<Blob>(valueBytes), offset, count);
                    ReadOnlySpan<byte> result = MemoryMarshal.AsBytes(new Span<Blob>(ref total));

                    int size = Unsafe.SizeOf<TNumber>();
                    Assert.Equal(totalBytes.AsSpan(0, offset), result[..offset]);
                    Assert.Equal(totalBytes.AsSpan(offset + count * size), result[(offset + count * size)..]);
                    for (int index = 0; index < count; index++)
                    {
                        int at = offset + index * size;
                        TNumber expected = naive(
                            MemoryMarshal.Read<TNumber>(totalBytes.AsSpan(at)),
                            MemoryMarshal.Read<TNumber>(valueBytes.AsSpan(at))
                        );
                        TNumber actual = MemoryMarshal.Read<TNumber>(result[at..]);
                        Assert.True(
                            expected == actual || (isNaN(expected) && isNaN(actual)),
                            $"element {index} of {count}: expected {expected}, got {actual}"
                        );
                    }
                },
                iter: 200
            );
}
