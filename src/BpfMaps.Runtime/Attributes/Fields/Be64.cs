using System.Buffers.Binary;

namespace BpfMaps;

/// <summary>
/// A 64-bit unsigned integer in network byte order (big endian): <c>__be64</c> on the BPF side.
/// It converts implicitly from and to <see cref="ulong"/>, and compares and formats as that value.
/// </summary>
/// <remarks>
/// Keys and values are passed to the kernel as they are in memory. Code that uses a field of this type needs no <c>htons</c> or
/// <c>htonl</c>: it assigns and reads values in host byte order, on little-endian and big-endian machines.
/// </remarks>
public readonly struct Be64 : IEquatable<Be64>, IComparable<Be64>, ISpanFormattable, IUtf8SpanFormattable
{
    private readonly ulong _network;

    /// <summary>Initializes a new instance from a value in host byte order.</summary>
    /// <param name="value">The value in host byte order.</param>
    public Be64(ulong value) => _network = Swap(value);

    /// <summary>Gets the value in host byte order.</summary>
    public ulong Value => Swap(_network);

    /// <summary>Gets the bytes in network byte order, interpreted in host byte order.</summary>
    public ulong NetworkOrder => _network;

    /// <summary>
    /// Creates an instance from bytes in network byte order, such as those read from a packet with
    /// <see cref="System.Runtime.InteropServices.MemoryMarshal"/>.
    /// </summary>
    /// <param name="networkOrder">The bytes in network byte order, interpreted in host byte order.</param>
    /// <returns>An instance with the same bytes.</returns>
    public static Be64 FromNetworkOrder(ulong networkOrder) => new(Swap(networkOrder));

    /// <summary>Converts a value in host byte order.</summary>
    /// <param name="value">The value in host byte order.</param>
    public static implicit operator Be64(ulong value) => new(value);

    /// <summary>Converts to the value in host byte order.</summary>
    /// <param name="value">The value in network byte order.</param>
    public static implicit operator ulong(Be64 value) => value.Value;

    /// <summary>Returns whether two values are equal.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    public static bool operator ==(Be64 left, Be64 right) => left._network == right._network;

    /// <summary>Returns whether two values differ.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    public static bool operator !=(Be64 left, Be64 right) => left._network != right._network;

    /// <inheritdoc/>
    public bool Equals(Be64 other) => _network == other._network;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Be64 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    int IComparable<Be64>.CompareTo(Be64 other) => Value.CompareTo(other.Value);

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

    private static ulong Swap(ulong value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
