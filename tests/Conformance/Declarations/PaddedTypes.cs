using System.Runtime.CompilerServices;

namespace BpfMaps.Tests;

/// <summary>More than a stack copy is made for, and padded: one byte, a gap of seven, 2,040 bytes.</summary>
internal struct LargeValue
{
    public byte Kind;
    public Words Data;

    public static BpfTypeLayout Layout { get; } = BpfTypeLayout.Struct("LargeValue", 2048, 8, new("Kind", 0, BpfTypeLayout.Byte), new("Data", 8, BpfTypeLayout.UInt64, 255));

    [InlineArray(255)]
    public struct Words
    {
        private ulong _first;
    }
}

/// <summary>Not a multiple of 8 bytes: the kernel leaves a gap behind each element of an array and each CPU's value.</summary>
internal struct Triple
{
    public uint A;
    public uint B;
    public uint C;

    public static BpfTypeLayout Layout { get; } = BpfTypeLayout.Struct(
        "Triple", 12, 4, new("A", 0, BpfTypeLayout.UInt32), new("B", 4, BpfTypeLayout.UInt32), new("C", 8, BpfTypeLayout.UInt32));
}
