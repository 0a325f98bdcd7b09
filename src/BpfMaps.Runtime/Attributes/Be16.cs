using System.Buffers.Binary;

namespace BpfMaps;

/// <summary>
/// An unsigned integer of 16 bits that stands in network order (big endian) in memory: <c>__be16</c> on the BPF side.
/// It converts from and to <see cref="ushort"/> by itself, compares by that value, and prints it.
/// </summary>
/// <remarks>
/// Keys and values are handed to the kernel as they stand in memory, so a field of this type needs no <c>htons</c> or <c>htonl</c> anywhere:
/// what is assigned and read is always the value, on little-endian and on big-endian machines.
/// </remarks>
public readonly struct Be16 : IEquatable<Be16>, IComparable<Be16>, IComparable, ISpanFormattable, IUtf8SpanFormattable
{
    private readonly ushort _network;

    /// <summary>Stores <paramref name="value"/>, given in host order, in network order.</summary>
    /// <param name="value">The value in host order.</param>
    public Be16(ushort value) => _network = Swap(value);

    /// <summary>The value in host order.</summary>
    public ushort Value => Swap(_network);

    /// <summary>The value as it stands in memory: in network order, read as if it were in host order.</summary>
    public ushort NetworkOrder => _network;

    /// <summary>Takes a value that is in network order already, such as one read from a packet by <see cref="System.Runtime.InteropServices.MemoryMarshal"/>.</summary>
    /// <param name="networkOrder">The bytes in network order, read as if they were in host order.</param>
    /// <returns>The same bytes.</returns>
    public static Be16 FromNetworkOrder(ushort networkOrder) => new(Swap(networkOrder));

    /// <summary>Stores a value given in host order.</summary>
    /// <param name="value">The value in host order.</param>
    public static implicit operator Be16(ushort value) => new(value);

    /// <summary>Gives the value in host order.</summary>
    /// <param name="value">The value in network order.</param>
    public static implicit operator ushort(Be16 value) => value.Value;

    /// <summary>Whether both have the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(Be16 left, Be16 right) => left._network == right._network;

    /// <summary>Whether the values differ.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(Be16 left, Be16 right) => left._network != right._network;

    /// <summary>Whether the left value is the smaller one.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator <(Be16 left, Be16 right) => left.Value < right.Value;

    /// <summary>Whether the left value is the larger one.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator >(Be16 left, Be16 right) => left.Value > right.Value;

    /// <summary>Whether the left value is not the larger one.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator <=(Be16 left, Be16 right) => left.Value <= right.Value;

    /// <summary>Whether the left value is not the smaller one.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator >=(Be16 left, Be16 right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public bool Equals(Be16 other) => _network == other._network;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Be16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(Be16 other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Be16 other => CompareTo(other),
        _ => throw new ArgumentException($"A Be16 can be compared with a Be16 only, not with a {obj.GetType()}.", nameof(obj)),
    };

    /// <summary>The value in host order, in decimal digits.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => Value.ToString(format, formatProvider);

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => Value.TryFormat(destination, out charsWritten, format, provider);

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => Value.TryFormat(utf8Destination, out bytesWritten, format, provider);

    private static ushort Swap(ushort value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
