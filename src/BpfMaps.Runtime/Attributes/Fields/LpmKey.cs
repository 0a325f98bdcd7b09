using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Creates keys of longest-prefix-match tries from addresses and networks.</summary>
public static class LpmKey
{
    /// <summary>
    /// Creates an IPv4 key from a network such as <c>10.0.0.0/8</c>, or from an address (<c>/32</c>). Bits after the prefix are cleared.
    /// </summary>
    /// <param name="network">The text.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">The text is not an IPv4 network.</exception>
    public static LpmKey<Be32> Parse(string network) => Parse<Be32>(network);

    /// <summary>Creates a key from the text of a network or an address.</summary>
    /// <typeparam name="TPrefix">A type of 4 bytes for IPv4 or 16 bytes for IPv6, in network byte order.</typeparam>
    /// <param name="network">The text.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">The text is not a network of the address family that the size of <typeparamref name="TPrefix"/>
    /// implies.</exception>
    public static LpmKey<TPrefix> Parse<TPrefix>(string network)
        where TPrefix : unmanaged
    {
        ArgumentNullException.ThrowIfNull(network);
        return TryParse(network, out LpmKey<TPrefix> key)
            ? key
            : throw new FormatException(
                Unsafe.SizeOf<TPrefix>() switch
                {
                    4 => $"'{network}' is not an IPv4 network; expected e.g. 10.0.0.0/8.",
                    16 => $"'{network}' is not an IPv6 network; expected e.g. 2001:db8::/32.",
                    int size => $"'{network}' is not a network of {size} bytes; expected a type of 4 bytes (IPv4) or 16 bytes (IPv6).",
                }
            );
    }

    /// <summary>Creates a key from the text of a network or an address.</summary>
    /// <typeparam name="TPrefix">A type of 4 bytes for IPv4 or 16 bytes for IPv6, in network byte order.</typeparam>
    /// <param name="network">The text.</param>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the text is not a network, or a network of another address family.</returns>
    public static bool TryParse<TPrefix>(ReadOnlySpan<char> network, out LpmKey<TPrefix> key)
        where TPrefix : unmanaged
    {
        key = default;
        if (network.Contains('/'))
            return IPNetwork.TryParse(network, out IPNetwork parsed) && TryCreate(parsed.BaseAddress, (uint)parsed.PrefixLength, out key);
        return IPAddress.TryParse(network, out IPAddress? address) && TryCreate(address, LpmKey<TPrefix>.MaxPrefixLength, out key);
    }

    /// <summary>Creates a key from a network.</summary>
    /// <typeparam name="TPrefix">A type of 4 bytes for IPv4 or 16 bytes for IPv6, in network byte order.</typeparam>
    /// <param name="network">The network.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The address family of the network differs from the one that the size of
    /// <typeparamref name="TPrefix"/> implies.</exception>
    public static LpmKey<TPrefix> FromNetwork<TPrefix>(IPNetwork network)
        where TPrefix : unmanaged => FromAddress<TPrefix>(network.BaseAddress, (uint)network.PrefixLength);

    /// <summary>Creates a key from all bits of an address, as lookups need.</summary>
    /// <typeparam name="TPrefix">A type of 4 bytes for IPv4 or 16 bytes for IPv6, in network byte order.</typeparam>
    /// <param name="address">The address.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The address family differs from the one that the size of <typeparamref name="TPrefix"/>
    /// implies.</exception>
    public static LpmKey<TPrefix> FromAddress<TPrefix>(IPAddress address)
        where TPrefix : unmanaged => FromAddress<TPrefix>(address, LpmKey<TPrefix>.MaxPrefixLength);

    /// <summary>Creates a key from an address and a prefix length.</summary>
    /// <typeparam name="TPrefix">A type of 4 bytes for IPv4 or 16 bytes for IPv6, in network byte order.</typeparam>
    /// <param name="address">The address.</param>
    /// <param name="prefixLength">The prefix length in bits, at most 32 or 128.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The address family differs from the one that the size of <typeparamref name="TPrefix"/>
    /// implies.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the address.</exception>
    private static LpmKey<TPrefix> FromAddress<TPrefix>(IPAddress address, uint prefixLength)
        where TPrefix : unmanaged
    {
        ArgumentNullException.ThrowIfNull(address);
        if (prefixLength > LpmKey<TPrefix>.MaxPrefixLength)
            ThrowTooLong(prefixLength, LpmKey<TPrefix>.MaxPrefixLength, typeof(TPrefix));
        return TryCreate(address, prefixLength, out LpmKey<TPrefix> key)
            ? key
            : throw new ArgumentException(
                $"{address} does not have the {Unsafe.SizeOf<TPrefix>()} bytes of a {typeof(TPrefix).Name}.",
                nameof(address)
            );
    }

    /// <summary>Splits a prefix length into whole bytes and the bits of the next byte.</summary>
    internal static (int WholeBytes, int Bits) Split(uint prefixLength) => ((int)(prefixLength / 8), (int)(prefixLength % 8));

    /// <summary>Gets a mask of the highest <paramref name="bits"/> bits of a byte.</summary>
    internal static int Mask(int bits) => 0xFF00 >> bits & 0xFF;

    [DoesNotReturn]
    internal static void ThrowTooLong(uint prefixLength, uint max, Type data) =>
        throw new ArgumentOutOfRangeException(nameof(prefixLength), prefixLength, $"A prefix of {data.Name} must have 0 to {max} bits.");

    private static bool TryCreate<TPrefix>(IPAddress address, uint prefixLength, out LpmKey<TPrefix> key)
        where TPrefix : unmanaged
    {
        TPrefix data = default;
        bool fits =
            address.TryWriteBytes(MemoryMarshal.AsBytes(new Span<TPrefix>(ref data)), out int written)
            && written == Unsafe.SizeOf<TPrefix>();
        key = fits ? new(prefixLength, data) : default;
        return fits;
    }
}
