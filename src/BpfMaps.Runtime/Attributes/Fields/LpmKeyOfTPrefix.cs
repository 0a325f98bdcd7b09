using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// The key of a longest-prefix-match trie (<c>struct bpf_lpm_trie_key</c>): the prefix length in bits, directly followed by the data.
/// </summary>
/// <typeparam name="TPrefix">
/// The type of the data, 1 to 256 bytes. Bits are compared from the highest bit of the first byte on, so numbers must be in network byte
/// order: <see cref="Be32"/> for IPv4 addresses, <see cref="Bytes16"/> for IPv6.
/// </typeparam>
/// <remarks>
/// Two keys are equal if they identify the same entry: same prefix length, same leading bits. The bits after the prefix are ignored.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly struct LpmKey<TPrefix> : IEquatable<LpmKey<TPrefix>>
    where TPrefix : unmanaged
{
    /// <summary>Gets the number of leading bits of <see cref="Data"/> that count.</summary>
    public readonly uint PrefixLength;

    /// <summary>Gets the data. The bits after the prefix are ignored in matching.</summary>
    public readonly TPrefix Data;

    /// <summary>Creates a key from the first <paramref name="prefixLength"/> bits of <paramref name="data"/>.</summary>
    /// <param name="prefixLength">The prefix length in bits, 0 to <see cref="MaxPrefixLength"/>.</param>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the data.</exception>
    public LpmKey(uint prefixLength, TPrefix data)
    {
        if (prefixLength > MaxPrefixLength)
            LpmKey.ThrowTooLong(prefixLength, MaxPrefixLength, typeof(TPrefix));
        PrefixLength = prefixLength;
        Data = data;
    }

    /// <summary>Creates a key from all bits of <paramref name="data"/>, for example to look up an address.</summary>
    /// <param name="data">The data.</param>
    public LpmKey(TPrefix data)
        : this(MaxPrefixLength, data) { }

    /// <summary>Gets the size of <typeparamref name="TPrefix"/> in bits.</summary>
#pragma warning disable CA1000 // The value depends only on the type.
    public static uint MaxPrefixLength => (uint)Unsafe.SizeOf<TPrefix>() * 8;
#pragma warning restore CA1000

    /// <summary>Returns whether two keys identify the same entry.</summary>
    /// <param name="left">The first key.</param>
    /// <param name="right">The second key.</param>
    public static bool operator ==(LpmKey<TPrefix> left, LpmKey<TPrefix> right) => left.Equals(right);

    /// <summary>Returns whether two keys identify different entries.</summary>
    /// <param name="left">The first key.</param>
    /// <param name="right">The second key.</param>
    public static bool operator !=(LpmKey<TPrefix> left, LpmKey<TPrefix> right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(LpmKey<TPrefix> other)
    {
        if (PrefixLength != other.PrefixLength)
            return false;

        TPrefix mine = Data;
        TPrefix theirs = other.Data;
        (int whole, int rest) = LpmKey.Split(PrefixLength);
        ReadOnlySpan<byte> left = MemoryMarshal.AsBytes(new ReadOnlySpan<TPrefix>(in mine));
        ReadOnlySpan<byte> right = MemoryMarshal.AsBytes(new ReadOnlySpan<TPrefix>(in theirs));
        return left[..whole].SequenceEqual(right[..whole]) && (rest == 0 || ((left[whole] ^ right[whole]) & LpmKey.Mask(rest)) == 0);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LpmKey<TPrefix> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        TPrefix data = Data;
        (int whole, int rest) = LpmKey.Split(PrefixLength);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<TPrefix>(in data));
        HashCode hash = default;
        hash.Add(PrefixLength);
        hash.AddBytes(bytes[..whole]);
        if (rest != 0)
            hash.Add(bytes[whole] & LpmKey.Mask(rest));
        return hash.ToHashCode();
    }

    /// <summary>
    /// Returns the address and the prefix length (<c>10.0.0.0/8</c>) if the data has the size of an address; otherwise the bytes in hex.
    /// </summary>
    public override string ToString()
    {
        TPrefix data = Data;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<TPrefix>(in data));
        string text = bytes.Length is 4 or 16 ? new System.Net.IPAddress(bytes).ToString() : Convert.ToHexStringLower(bytes);
        return $"{text}/{PrefixLength}";
    }
}
