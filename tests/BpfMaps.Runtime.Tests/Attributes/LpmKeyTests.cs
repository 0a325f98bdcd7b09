using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CsCheck;

namespace BpfMaps.Tests;

public class LpmKeyTests
{
    [Fact]
    public void Layout_IsTheLengthInHostOrderFollowedByTheData()
    {
        Assert.Equal(8, Unsafe.SizeOf<LpmKey<Be32>>());
        Assert.Equal(20, Unsafe.SizeOf<LpmKey<Bytes16>>());
        Assert.Equal(12, Unsafe.SizeOf<LpmKey<Be64>>());
        Assert.Equal(5, Unsafe.SizeOf<LpmKey<byte>>());

        LpmKey<Be32> key = LpmKey.Parse("10.1.0.0/16");
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new Span<LpmKey<Be32>>(ref key));
        Assert.Equal(16u, MemoryMarshal.Read<uint>(bytes));
        Assert.Equal(new byte[] { 10, 1, 0, 0 }, bytes[4..].ToArray());
    }

    [Theory]
    [InlineData("10.0.0.0/8", 8u, 0x0A000000u)]
    [InlineData("0.0.0.0/0", 0u, 0u)]
    [InlineData("10.1.2.3/8", 8u, 0x0A000000u)]
    [InlineData("192.168.1.7", 32u, 0xC0A80107u)]
    public void Ipv4Text_IsParsedAsLengthAndAddress(string text, uint length, uint address)
    {
        LpmKey<Be32> key = LpmKey.Parse(text);
        Assert.Equal(length, key.PrefixLength);
        Assert.Equal(address, key.Data.Value);
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("2001:db8::/32")]
    [InlineData("flows")]
    [InlineData("")]
    public void InvalidIpv4Network_ThrowsFormatException(string text)
    {
        Assert.Throws<FormatException>(() => LpmKey.Parse(text));
        Assert.False(LpmKey.TryParse<Be32>(text, out _));
    }

    [Fact]
    public void Network_RoundTripsThroughText()
    {
        Gen.Select(Gen.UInt, Gen.UInt[0, 32])
            .Sample(
                (bits, length) =>
                {
                    uint address = length == 0 ? 0 : bits & uint.MaxValue << (int)(32 - length);
                    LpmKey<Be32> key = new(length, address);
                    Assert.Equal(key, LpmKey.Parse(key.ToString()));
                    Assert.Equal(key.Data, LpmKey.FromNetwork<Be32>(IPNetwork.Parse(key.ToString())).Data);
                }
            );
        Assert.Equal("2001:db8::/32", LpmKey.Parse<Bytes16>("2001:db8::/32").ToString());
        Assert.Equal(128u, LpmKey.FromAddress<Bytes16>(IPAddress.IPv6Loopback).PrefixLength);
    }

    [Fact]
    public void BitsAfterThePrefix_AreIgnoredInEquality()
    {
        Gen.Select(Gen.UInt, Gen.UInt, Gen.UInt[0, 32])
            .Sample(
                (left, right, length) =>
                {
                    uint mask = length == 0 ? 0 : uint.MaxValue << (int)(32 - length);
                    LpmKey<Be32> a = new(length, left),
                        b = new(length, right);
                    Assert.Equal((left & mask) == (right & mask), a == b);

                    LpmKey<Be32> same = new(length, (left & mask) | (right & ~mask));
                    Assert.Equal(a, same);
                    Assert.Equal(a.GetHashCode(), same.GetHashCode());
                }
            );
        Assert.NotEqual(new LpmKey<Be32>(8, 0x0A000000), new LpmKey<Be32>(9, 0x0A000000));
    }

    [Fact]
    public void PrefixLongerThanTheData_IsRejectedWithTheTypeAndItsBits()
    {
        ArgumentOutOfRangeException problem = Assert.Throws<ArgumentOutOfRangeException>(() => new LpmKey<Be32>(33, 0));
        Assert.Contains("Be32 must have 0 to 32 bits", problem.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LpmKey<Bytes16>(129, default));
        Assert.Throws<ArgumentException>(() => LpmKey.FromAddress<Be32>(IPAddress.IPv6Any));
    }

    [Fact]
    public void DataThatIsNotAnAddress_IsFormattedAsHex() => Assert.Equal("00000000000000ff/64", new LpmKey<Be64>(255).ToString());
}
