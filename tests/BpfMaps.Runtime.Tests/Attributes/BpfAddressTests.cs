using System.Net;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of conversions between .NET addresses and fields.</summary>
public sealed class BpfAddressTests
{
    [Theory]
    [InlineData("10.1.2.3", 0x0a010203u)]
    [InlineData("::ffff:10.1.2.3", 0x0a010203u)]
    [InlineData("255.255.255.255", 0xffffffffu)]
    [InlineData("0.0.0.0", 0u)]
    public void IPv4Address_IsInNetworkOrder(string text, uint value)
    {
        Be32 field = IPAddress.Parse(text).ToBe32();

        Assert.Equal(value, field.Value);
        Assert.Equal(
            [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value],
            MemoryMarshal.AsBytes(new ReadOnlySpan<Be32>(in field)).ToArray()
        );
        Assert.Equal(text.Replace("::ffff:", "", StringComparison.Ordinal), field.ToIPAddress().ToString());
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("::", "::")]
    [InlineData("10.1.2.3", "::ffff:10.1.2.3")]
    public void IPv6Address_IsStoredAs16Bytes(string text, string expected)
    {
        Bytes16 field = IPAddress.Parse(text).ToBytes16();

        Assert.Equal(IPAddress.Parse(expected).GetAddressBytes(), MemoryMarshal.AsBytes(new ReadOnlySpan<Bytes16>(in field)).ToArray());
        Assert.Equal(expected, field.ToIPAddress().ToString());
    }

    [Fact]
    public void IPv6AddressForFourBytes_IsRejectedWithTheAlternative()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => IPAddress.IPv6Loopback.ToBe32());

        Assert.Contains("::1 is an IPv6 address", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ToBytes16", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NullAddress_IsRejected()
    {
        Assert.Throws<ArgumentNullException>(() => ((IPAddress)null!).ToBe32());
        Assert.Throws<ArgumentNullException>(() => ((IPAddress)null!).ToBytes16());
    }
}
