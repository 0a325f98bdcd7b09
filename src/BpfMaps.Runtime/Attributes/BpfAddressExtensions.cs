using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Internet addresses between .NET and the fields that hold them in keys, values and records, in network order.</summary>
public static class BpfAddressExtensions
{
    /// <summary>The IPv4 address that stands in a <c>__be32</c>.</summary>
    /// <param name="address">The four bytes.</param>
    /// <returns>The address.</returns>
    public static IPAddress ToIPAddress(this Be32 address) => new(address.NetworkOrder);

    /// <summary>The IPv6 address that stands in 16 bytes, as in <c>struct in6_addr</c>.</summary>
    /// <param name="address">The 16 bytes.</param>
    /// <returns>The address. An IPv4 address that is written as an IPv6 one stays that: see <see cref="IPAddress.MapToIPv4"/>.</returns>
    public static IPAddress ToIPAddress(this in Bytes16 address) => new(MemoryMarshal.AsBytes(new ReadOnlySpan<Bytes16>(in address)));

    /// <summary>An IPv4 address as it stands in packets: a <c>__be32</c>.</summary>
    /// <param name="address">An IPv4 address, or one that is written as an IPv6 address (<c>::ffff:10.0.0.1</c>).</param>
    /// <returns>The four bytes.</returns>
    /// <exception cref="ArgumentException">It is an IPv6 address.</exception>
    public static Be32 ToBe32(this IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        uint networkOrder = 0;
        return address.AddressFamily == AddressFamily.InterNetwork && address.TryWriteBytes(MemoryMarshal.AsBytes(new Span<uint>(ref networkOrder)), out _)
            ? Be32.FromNetworkOrder(networkOrder)
            : throw new ArgumentException($"{address} is an IPv6 address, and a {nameof(Be32)} has room for an IPv4 address: use {nameof(ToBytes16)}.", nameof(address));
    }

    /// <summary>An IPv6 address as it stands in packets: 16 bytes, as in <c>struct in6_addr</c>.</summary>
    /// <param name="address">An address. An IPv4 address is written as an IPv6 one (<c>::ffff:10.0.0.1</c>).</param>
    /// <returns>The 16 bytes.</returns>
    public static Bytes16 ToBytes16(this IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Bytes16 bytes = default;
        _ = address.MapToIPv6().TryWriteBytes(MemoryMarshal.AsBytes(new Span<Bytes16>(ref bytes)), out _);
        return bytes;
    }
}
