using System.Buffers.Binary;

namespace BpfMaps;

/// <summary>
/// A 16-bit unsigned integer in network byte order (big endian): <c>__be16</c> on the BPF side.
/// It converts implicitly from and to <see cref="ushort"/>, and compares and formats as that value.
/// </summary>
/// <remarks>
/// Keys and values are passed to the kernel as they are in memory. Code that uses a field of this type needs no <c>htons</c> or
/// <c>htonl</c>: it assigns and reads values in host byte order, on little-endian and big-endian machines.
/// </remarks>
public readonly struct Be16 : IEquatable<Be16>, IComparable<Be16>, ISpanFormattable, IUtf8SpanFormattable
{
    private readonly ushort _network;

    /// <summary>Initializes a new instance from a value in host byte order.</summary>
    /// <param name="value">The value in host byte order.</param>
    public Be16(ushort value) => _network = Swap(value);

    /// <summary>Gets the value in host byte order.</summary>
    public ushort Value => Swap(_network);

    /// <summary>Gets the bytes in network byte order, interpreted in host byte order.</summary>
    public ushort NetworkOrder => _network;

    /// <summary>
    /// Creates an instance from bytes in network byte order, such as those read from a packet with
    /// <see cref="System.Runtime.InteropServices.MemoryMarshal"/>.
    /// </summary>
    /// <param name="networkOrder">The bytes in network byte order, interpreted in host byte order.</param>
    /// <returns>An instance with the same bytes.</returns>
    public static Be16 FromNetworkOrder(ushort networkOrder) => new(Swap(networkOrder));

    /// <summary>Converts a value in host byte order.</summary>
    /// <param name="value">The value in host byte order.</param>
    public static implicit operator Be16(ushort value) => new(value);

    /// <summary>Converts to the value in host byte order.</summary>
    /// <param name="value">The value in network byte order.</param>
    public static implicit operator ushort(Be16 value) => value.Value;

    /// <summary>Returns whether two values are equal.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    public static bool operator ==(Be16 left, Be16 right) => left._network == right._network;

    /// <summary>Returns whether two values differ.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    public static bool operator !=(Be16 left, Be16 right) => left._network != right._network;

    /// <inheritdoc/>
    public bool Equals(Be16 other) => _network == other._network;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Be16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    int IComparable<Be16>.CompareTo(Be16 other) => Value.CompareTo(other.Value);

    /// <summary>Returns the value in decimal.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => Value.ToString(format, formatProvider);

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Value.TryFormat(destination, out charsWritten, format, provider);

    bool IUtf8SpanFormattable.TryFormat(
        Span<byte> utf8Destination,
        out int bytesWritten,
        ReadOnlySpan<char> format,
        IFormatProvider? provider
    ) => Value.TryFormat(utf8Destination, out bytesWritten, format, provider);

    private static ushort Swap(ushort value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
