using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// The key of a longest-prefix-match trie (<c>struct bpf_lpm_trie_key</c>): how many leading bits of the data count, and the data, without a gap between them.
/// </summary>
/// <typeparam name="TPrefix">
/// The data, 1 to 256 bytes, compared from its first byte's highest bit on. Numbers must therefore stand in network order: <see cref="Be32"/> for
/// IPv4 addresses, <see cref="Bytes16"/> for IPv6.
/// </typeparam>
/// <remarks>Two keys are equal if they name the same entry: the same length, and the same leading bits. The bits behind them do not count.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly struct LpmKey<TPrefix> : IEquatable<LpmKey<TPrefix>>
    where TPrefix : unmanaged
{
    /// <summary>How many leading bits of <see cref="Data"/> count.</summary>
    public readonly uint PrefixLength;

    /// <summary>The data; the bits behind the prefix do not take part in matching.</summary>
    public readonly TPrefix Data;

    /// <summary>Makes a key of the first <paramref name="prefixLength"/> bits of <paramref name="data"/>.</summary>
    /// <param name="prefixLength">0 to <see cref="MaxPrefixLength"/> bits.</param>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the data.</exception>
    public LpmKey(uint prefixLength, TPrefix data)
    {
        if (prefixLength > MaxPrefixLength)
            LpmKey.ThrowTooLong(prefixLength, MaxPrefixLength, typeof(TPrefix));
        PrefixLength = prefixLength;
        Data = data;
    }

    /// <summary>Makes a key of all bits of <paramref name="data"/>, which is what a lookup of one address wants.</summary>
    /// <param name="data">The data.</param>
    public LpmKey(TPrefix data)
        : this(MaxPrefixLength, data)
    {
    }

    /// <summary>The size of <typeparamref name="TPrefix"/> in bits.</summary>
#pragma warning disable CA1000 // It depends on the type alone.
    public static uint MaxPrefixLength => (uint)Unsafe.SizeOf<TPrefix>() * 8;
#pragma warning restore CA1000

    /// <summary>Whether both name the same entry.</summary>
    /// <param name="left">One key.</param>
    /// <param name="right">The other key.</param>
    public static bool operator ==(LpmKey<TPrefix> left, LpmKey<TPrefix> right) => left.Equals(right);

    /// <summary>Whether they name different entries.</summary>
    /// <param name="left">One key.</param>
    /// <param name="right">The other key.</param>
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
        return left[..whole].SequenceEqual(right[..whole])
            && (rest == 0 || ((left[whole] ^ right[whole]) & LpmKey.Mask(rest)) == 0);
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

    /// <summary>An address and its prefix length where the data has the size of one (<c>10.0.0.0/8</c>), else the bytes in hex.</summary>
    public override string ToString()
    {
        TPrefix data = Data;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<TPrefix>(in data));
        string text = bytes.Length is 4 or 16 ? new System.Net.IPAddress(bytes).ToString() : Convert.ToHexStringLower(bytes);
        return $"{text}/{PrefixLength}";
    }
}
