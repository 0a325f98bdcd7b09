using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

public class BpfPerCpuViewTests
{
    [InlineArray(12)]
    private struct TwelveBytes
    {
        private byte _first;
    }

    [Fact]
    public void ValuesShorterThanTheirStride_AreReadAtTheStride()
    {
        byte[] slots = new byte[8 * 3];
        MemoryMarshal.Write(slots.AsSpan(0), 1);
        MemoryMarshal.Write(slots.AsSpan(8), -2);
        MemoryMarshal.Write(slots.AsSpan(16), 3);
        BpfPerCpuView<int> view = new(slots);

        Assert.Equal(3, view.Count);
        Assert.Equal(-2, view[1]);
        Assert.Equal([1, -2, 3], view.ToArray());
        List<int> seen = [];
        foreach (ref readonly int value in view)
            seen.Add(value);
        Assert.Equal([1, -2, 3], seen);
        int[] copy = new int[4];
        view.CopyTo(copy);
        Assert.Equal([1, -2, 3, 0], copy);
    }

    [Fact]
    public void ValuesAsLongAsTheirStride_AreCopiedUnchanged()
    {
        ulong[] values = [1, 2, ulong.MaxValue];
        BpfPerCpuView<ulong> view = new(MemoryMarshal.AsBytes(values.AsSpan()));
        Assert.Equal(values, view.ToArray());
        Assert.True(Unsafe.AreSame(in values[1], in view[1]), "the view copied the value instead of pointing to it");
    }

    [Fact]
    public void Stride_IsTheSizeRoundedUpToEight()
    {
        Assert.Equal(8, BpfPerCpuView<byte>.Stride);
        Assert.Equal(8, BpfPerCpuView<ulong>.Stride);
        Assert.Equal(16, BpfPerCpuView<TwelveBytes>.Stride);
    }

    [Fact]
    public void InvalidSlots_AreRejected()
    {
        byte[] slots = new byte[16];
        Assert.Throws<ArgumentOutOfRangeException>(() => new BpfPerCpuView<int>(slots)[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BpfPerCpuView<int>(slots)[-1]);
        Assert.Throws<ArgumentException>(() => new BpfPerCpuView<int>(slots).CopyTo(new int[1]));
        Assert.Throws<ArgumentException>(() => new BpfPerCpuView<TwelveBytes>(slots.AsSpan(0, 12)));
    }
}
