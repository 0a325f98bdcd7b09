using System.Net;
using BpfMaps;

namespace Guard;

/// <summary>Address of a packet, as the filter stores it: IPv4 addresses are mapped to IPv6.</summary>
internal struct Address : IEquatable<Address>
{
    public Bytes16 Bytes;

    public static Address Of(IPAddress address) => new() { Bytes = address.MapToIPv6().ToBytes16() };

    public readonly bool Equals(Address other) => ((ReadOnlySpan<byte>)Bytes).SequenceEqual(other.Bytes);

    public override readonly bool Equals(object? obj) => obj is Address other && Equals(other);

    public override readonly int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override readonly string ToString()
    {
        IPAddress address = Bytes.ToIPAddress();
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
