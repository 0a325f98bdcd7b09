using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>A type with padding that is too large for a stack copy: one byte, padding of seven bytes, 2,040 bytes.</summary>
internal struct LargeValue
{
    public byte Kind;
    public Words Data;

    public static BpfTypeLayout Layout { get; } =
        BpfTypeLayout.Struct(
            "LargeValue",
            2048,
            8,
            new("Kind", 0, BpfTypeLayout.Of<byte>()),
            new("Data", 8, BpfTypeLayout.Of<ulong>(), 255)
        );

    [InlineArray(255)]
    public struct Words
    {
        private ulong _first;
    }
}

/// <summary>A type whose size is not a multiple of 8: the kernel pads each element of an array and each CPU's value.</summary>
internal struct Triple
{
    public uint A;
    public uint B;
    public uint C;

    public static BpfTypeLayout Layout { get; } =
        BpfTypeLayout.Struct(
            "Triple",
            12,
            4,
            new("A", 0, BpfTypeLayout.Of<uint>()),
            new("B", 4, BpfTypeLayout.Of<uint>()),
            new("C", 8, BpfTypeLayout.Of<uint>())
        );
}
