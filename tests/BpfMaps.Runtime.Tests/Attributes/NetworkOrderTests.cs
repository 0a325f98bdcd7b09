using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CsCheck;

namespace BpfMaps.Tests;

public class NetworkOrderTests
{
    [Fact]
    public void AnyNumber_StandsBigEndianInMemory_AndComesBack()
    {
        Gen.UShort.Sample(value =>
        {
            Be16 stored = value;
            Assert.Equal(value, BinaryPrimitives.ReadUInt16BigEndian(MemoryMarshal.AsBytes(new Span<Be16>(ref stored))));
            Assert.Equal(value, (ushort)stored);
            Assert.Equal(stored, Be16.FromNetworkOrder(stored.NetworkOrder));
        });
        Gen.UInt.Sample(value =>
        {
            Be32 stored = value;
            Assert.Equal(value, BinaryPrimitives.ReadUInt32BigEndian(MemoryMarshal.AsBytes(new Span<Be32>(ref stored))));
            Assert.Equal(value, (uint)stored);
            Assert.Equal(stored, Be32.FromNetworkOrder(stored.NetworkOrder));
        });
        Gen.ULong.Sample(value =>
        {
            Be64 stored = value;
            Assert.Equal(value, BinaryPrimitives.ReadUInt64BigEndian(MemoryMarshal.AsBytes(new Span<Be64>(ref stored))));
            Assert.Equal(value, (ulong)stored);
            Assert.Equal(stored, Be64.FromNetworkOrder(stored.NetworkOrder));
        });
    }

    [Fact]
    public void Order_IsTheOrderOfTheValues()
    {
        Gen.Select(Gen.UInt, Gen.UInt)
            .Sample(
                (left, right) =>
                {
                    Be32 a = left,
                        b = right;
                    Assert.Equal(left.CompareTo(right), Comparer<Be32>.Default.Compare(a, b));
                    Assert.Equal(left < right, a < b);
                    Assert.Equal(left > right, a > b);
                    Assert.Equal(left <= right, a <= b);
                    Assert.Equal(left >= right, a >= b);
                    Assert.Equal(left == right, a == b);
                    Assert.Equal(left != right, a != b);
                    Assert.Equal(left == right, a.Equals((object)b));
                }
            );
    }

    [Fact]
    public void Comparison_UsesTheValueAndNotTheBytes()
    {
        Be16[] ports = [443, 80, 0x0100, 0x00FF];
        Array.Sort(ports);
        Assert.Equal([80, 0x00FF, 0x0100, 443], ports.Select(port => (int)port.Value));
    }

    [Fact]
    public void HostOrderNumbers_CanBeComparedWithoutACast()
    {
        Be16 port = 443;
        Assert.True(port == 443);
        Assert.True(port != 80);
        Assert.True(port > 80);
        Assert.Equal(444, port + 1);
    }

    [Fact]
    public void Sizes_EqualThoseOfTheIntegers()
    {
        Assert.Equal(2, Unsafe.SizeOf<Be16>());
        Assert.Equal(4, Unsafe.SizeOf<Be32>());
        Assert.Equal(8, Unsafe.SizeOf<Be64>());
    }

    [Fact]
    public void Formatting_MatchesTheHostValue()
    {
        Be16 port = 8080;
        Assert.Equal("8080", port.ToString());
        Assert.Equal("1F90", string.Create(CultureInfo.InvariantCulture, $"{port:X4}"));
        Assert.Equal("port 01F90", string.Create(CultureInfo.InvariantCulture, $"port {port:X5}"));
        Span<byte> utf8 = stackalloc byte[4];
        Assert.True(((IUtf8SpanFormattable)port).TryFormat(utf8, out int written, default, CultureInfo.InvariantCulture));
        Assert.Equal("8080"u8, utf8[..written]);
    }

    [Fact]
    public void Operators_CompareTheHostValues()
    {
        Be32 small = 0x0000_00ff,
            large = 0x0100_0000;
        Assert.True(small < large);
        Assert.True(small <= large);
        Assert.False(small > large);
        Assert.True(large >= 0x0100_0000u);
    }
}
