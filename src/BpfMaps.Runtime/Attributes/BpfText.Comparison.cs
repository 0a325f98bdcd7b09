using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace BpfMaps;

public partial struct BpfText<TBytes> : IEquatable<BpfText<TBytes>>, IEquatable<string>, IComparable<BpfText<TBytes>>, ISpanFormattable, IUtf8SpanFormattable
{
    /// <summary>Stores a text, as <see cref="BpfText{TBytes}(string)"/> does.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">It is too long, or it has a NUL in it.</exception>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named way.")]
    public static implicit operator BpfText<TBytes>(string text) => new(text);

    /// <summary>Whether both texts have the same bytes up to the first NUL.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    public static bool operator ==(BpfText<TBytes> left, BpfText<TBytes> right) => left.Equals(right);

    /// <summary>Whether the texts differ.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    public static bool operator !=(BpfText<TBytes> left, BpfText<TBytes> right) => !left.Equals(right);

    /// <inheritdoc cref="Equals(string?)"/>
    public static bool operator ==(BpfText<TBytes> left, string? right) => left.Equals(right);

    /// <summary>Whether the texts differ.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    public static bool operator !=(BpfText<TBytes> left, string? right) => !left.Equals(right);

    /// <inheritdoc cref="Equals(ReadOnlySpan{byte})"/>
    public static bool operator ==(BpfText<TBytes> left, ReadOnlySpan<byte> right) => left.Equals(right);

    /// <summary>Whether the texts differ.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    public static bool operator !=(BpfText<TBytes> left, ReadOnlySpan<byte> right) => !left.Equals(right);

    /// <summary>Whether the left text comes first in the order of <see cref="CompareTo(BpfText{TBytes})"/>.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    public static bool operator <(BpfText<TBytes> left, BpfText<TBytes> right) => left.CompareTo(right) < 0;

    /// <summary>Whether the right text comes first in the order of <see cref="CompareTo(BpfText{TBytes})"/>.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    public static bool operator >(BpfText<TBytes> left, BpfText<TBytes> right) => left.CompareTo(right) > 0;

    /// <summary>Whether the right text does not come first in the order of <see cref="CompareTo(BpfText{TBytes})"/>.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    public static bool operator <=(BpfText<TBytes> left, BpfText<TBytes> right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left text does not come first in the order of <see cref="CompareTo(BpfText{TBytes})"/>.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    public static bool operator >=(BpfText<TBytes> left, BpfText<TBytes> right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public readonly bool Equals(BpfText<TBytes> other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <summary>Whether <see cref="ToString()"/> would give this string. Allocates nothing.</summary>
    /// <param name="other">A string.</param>
    public readonly bool Equals(string? other) => other is not null && TextBuffer.EqualsUtf16(AsSpan(), other);

    /// <summary>Whether the text up to the first NUL has exactly these bytes. Allocates nothing.</summary>
    /// <param name="utf8">Bytes, such as <c>"bash"u8</c>.</param>
    public readonly bool Equals(ReadOnlySpan<byte> utf8) => AsSpan().SequenceEqual(utf8);

    /// <inheritdoc/>
    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is BpfText<TBytes> other && Equals(other);

    /// <summary>A hash of the text up to the first NUL.</summary>
    public override readonly int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(AsSpan());
        return hash.ToHashCode();
    }

    /// <summary>Compares byte by byte, which is the order of the Unicode code points.</summary>
    /// <param name="other">The other text.</param>
    public readonly int CompareTo(BpfText<TBytes> other) => AsSpan().SequenceCompareTo(other.AsSpan());

    /// <summary>The text; <paramref name="format"/> and <paramref name="formatProvider"/> change nothing.</summary>
    /// <param name="format">Not used.</param>
    /// <param name="formatProvider">Not used.</param>
    public readonly string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public readonly bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => Encoding.UTF8.TryGetChars(AsSpan(), destination, out charsWritten);

    /// <inheritdoc/>
    public readonly bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        ReadOnlySpan<byte> text = AsSpan();
        bytesWritten = text.TryCopyTo(utf8Destination) ? text.Length : 0;
        return bytesWritten == text.Length;
    }
}
