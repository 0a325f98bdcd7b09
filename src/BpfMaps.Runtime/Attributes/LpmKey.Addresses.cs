using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Makes keys of longest-prefix-match tries from addresses and networks.</summary>
public static class LpmKey
{
    /// <summary>Makes an IPv4 key from <c>10.0.0.0/8</c>, or from an address alone, which then counts in full (<c>/32</c>). Bits behind the prefix are cleared.</summary>
    /// <param name="network">The text.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">It is no IPv4 network.</exception>
    public static LpmKey<Be32> Parse(string network) => Parse<Be32>(network);

    /// <summary>Makes an IPv6 key from <c>2001:db8::/32</c>, or from an address alone, which then counts in full (<c>/128</c>).</summary>
    /// <param name="network">The text.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">It is no IPv6 network.</exception>
    public static LpmKey<Bytes16> ParseV6(string network) => Parse<Bytes16>(network);

    /// <summary>Makes a key from a network or an address in text form.</summary>
    /// <typeparam name="TPrefix">A type of 4 bytes for IPv4, or of 16 bytes for IPv6, in network order.</typeparam>
    /// <param name="network">The text.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">It is no network of the family that the size of <typeparamref name="TPrefix"/> stands for.</exception>
    public static LpmKey<TPrefix> Parse<TPrefix>(string network)
        where TPrefix : unmanaged
    {
        ArgumentNullException.ThrowIfNull(network);
        return TryParse(network, out LpmKey<TPrefix> key)
            ? key
            : throw new FormatException(
                $"'{network}' is no network of {Unsafe.SizeOf<TPrefix>()} bytes: expected {(Unsafe.SizeOf<TPrefix>() == 16 ? "2001:db8::/32" : "10.0.0.0/8")} or the like.");
    }

    /// <summary>Makes a key from a network or an address in text form.</summary>
    /// <typeparam name="TPrefix">A type of 4 bytes for IPv4, or of 16 bytes for IPv6, in network order.</typeparam>
    /// <param name="network">The text.</param>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the text is no network, or one of another family.</returns>
    public static bool TryParse<TPrefix>(ReadOnlySpan<char> network, out LpmKey<TPrefix> key)
        where TPrefix : unmanaged
    {
        key = default;
        if (network.Contains('/'))
            return IPNetwork.TryParse(network, out IPNetwork parsed) && TryCreate(parsed.BaseAddress, (uint)parsed.PrefixLength, out key);
        return IPAddress.TryParse(network, out IPAddress? address) && TryCreate(address, LpmKey<TPrefix>.MaxPrefixLength, out key);
    }

    /// <summary>Makes a key from a network.</summary>
    /// <typeparam name="TPrefix">A type of 4 bytes for IPv4, or of 16 bytes for IPv6, in network order.</typeparam>
    /// <param name="network">The network.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The network is of another family than the size of <typeparamref name="TPrefix"/> stands for.</exception>
    public static LpmKey<TPrefix> FromNetwork<TPrefix>(IPNetwork network)
        where TPrefix : unmanaged
        => FromAddress<TPrefix>(network.BaseAddress, (uint)network.PrefixLength);

    /// <summary>Makes a key from an address, all of whose bits count: what a lookup wants.</summary>
    /// <typeparam name="TPrefix">A type of 4 bytes for IPv4, or of 16 bytes for IPv6, in network order.</typeparam>
    /// <param name="address">The address.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The address is of another family than the size of <typeparamref name="TPrefix"/> stands for.</exception>
    public static LpmKey<TPrefix> FromAddress<TPrefix>(IPAddress address)
        where TPrefix : unmanaged
        => FromAddress<TPrefix>(address, LpmKey<TPrefix>.MaxPrefixLength);

    /// <summary>Makes a key from an address and the number of its leading bits that count.</summary>
    /// <typeparam name="TPrefix">A type of 4 bytes for IPv4, or of 16 bytes for IPv6, in network order.</typeparam>
    /// <param name="address">The address.</param>
    /// <param name="prefixLength">0 to 32 or 128 bits.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The address is of another family than the size of <typeparamref name="TPrefix"/> stands for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the address.</exception>
    public static LpmKey<TPrefix> FromAddress<TPrefix>(IPAddress address, uint prefixLength)
        where TPrefix : unmanaged
    {
        ArgumentNullException.ThrowIfNull(address);
        if (prefixLength > LpmKey<TPrefix>.MaxPrefixLength)
            ThrowTooLong(prefixLength, LpmKey<TPrefix>.MaxPrefixLength, typeof(TPrefix));
        return TryCreate(address, prefixLength, out LpmKey<TPrefix> key)
            ? key
            : throw new ArgumentException($"{address} does not have the {Unsafe.SizeOf<TPrefix>()} bytes of a {typeof(TPrefix).Name}.", nameof(address));
    }

    /// <summary>How many bytes a prefix covers in full, and how many bits of the next one.</summary>
    internal static (int WholeBytes, int Bits) Split(uint prefixLength) => ((int)(prefixLength / 8), (int)(prefixLength % 8));

    /// <summary>The highest <paramref name="bits"/> bits of a byte.</summary>
    internal static int Mask(int bits) => 0xFF00 >> bits & 0xFF;

    [DoesNotReturn]
    internal static void ThrowTooLong(uint prefixLength, uint max, Type data)
        => throw new ArgumentOutOfRangeException(nameof(prefixLength), prefixLength, $"A prefix of {data.Name} has 0 to {max} bits.");

    private static bool TryCreate<TPrefix>(IPAddress address, uint prefixLength, out LpmKey<TPrefix> key)
        where TPrefix : unmanaged
    {
        TPrefix data = default;
        bool fits = address.TryWriteBytes(MemoryMarshal.AsBytes(new Span<TPrefix>(ref data)), out int written) && written == Unsafe.SizeOf<TPrefix>();
        key = fits ? new(prefixLength, data) : default;
        return fits;
    }
}
