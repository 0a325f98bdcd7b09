using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Converts IP addresses between .NET types and fields of keys, values and records in network byte order.</summary>
public static class BpfAddressExtensions
{
    /// <summary>Converts a <c>__be32</c> to an IPv4 address.</summary>
    /// <param name="address">The four bytes.</param>
    /// <returns>The address.</returns>
    public static IPAddress ToIPAddress(this Be32 address) => new(address.NetworkOrder);

    /// <summary>Converts 16 bytes, as in <c>struct in6_addr</c>, to an IPv6 address.</summary>
    /// <param name="address">The 16 bytes.</param>
    /// <returns>The address. An IPv4-mapped IPv6 address is not converted: see <see cref="IPAddress.MapToIPv4"/>.</returns>
    public static IPAddress ToIPAddress(this in Bytes16 address) => new(MemoryMarshal.AsBytes(new ReadOnlySpan<Bytes16>(in address)));

    /// <summary>Converts an IPv4 address to a <c>__be32</c>, as in packets.</summary>
    /// <param name="address">An IPv4 address, or an IPv4-mapped IPv6 address (<c>::ffff:10.0.0.1</c>).</param>
    /// <returns>The four bytes.</returns>
    /// <exception cref="ArgumentException"><paramref name="address"/> is an IPv6 address.</exception>
    public static Be32 ToBe32(this IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        uint networkOrder = 0;
        return
            address.AddressFamily == AddressFamily.InterNetwork
            && address.TryWriteBytes(MemoryMarshal.AsBytes(new Span<uint>(ref networkOrder)), out _)
            ? Be32.FromNetworkOrder(networkOrder)
            : throw new ArgumentException(
                $"{address} is an IPv6 address, but a {nameof(Be32)} holds an IPv4 address: use {nameof(ToBytes16)}.",
                nameof(address)
            );
    }

    /// <summary>Converts an IPv6 address to 16 bytes, as in <c>struct in6_addr</c>.</summary>
    /// <param name="address">The address. An IPv4 address is converted to an IPv4-mapped one (<c>::ffff:10.0.0.1</c>).</param>
    /// <returns>The 16 bytes.</returns>
    public static Bytes16 ToBytes16(this IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Bytes16 bytes = default;
        _ = address.MapToIPv6().TryWriteBytes(MemoryMarshal.AsBytes(new Span<Bytes16>(ref bytes)), out _);
        return bytes;
    }
}
