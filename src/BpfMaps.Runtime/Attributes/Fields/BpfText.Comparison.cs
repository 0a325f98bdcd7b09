using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace BpfMaps;

public partial struct BpfText<TBytes>
    : IEquatable<BpfText<TBytes>>,
        IEquatable<string>,
        IComparable<BpfText<TBytes>>,
        ISpanFormattable,
        IUtf8SpanFormattable
{
    /// <summary>Stores a text, as <see cref="BpfText{TBytes}(ReadOnlySpan{char})"/> does.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text is too long or contains a NUL.</exception>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named alternative.")]
    public static implicit operator BpfText<TBytes>(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text.AsSpan());
    }

    /// <summary>Returns whether two texts have the same bytes before the first NUL.</summary>
    /// <param name="left">The first text.</param>
    /// <param name="right">The second text.</param>
    public static bool operator ==(BpfText<TBytes> left, BpfText<TBytes> right) => left.Equals(right);

    /// <summary>Returns whether two texts differ.</summary>
    /// <param name="left">The first text.</param>
    /// <param name="right">The second text.</param>
    public static bool operator !=(BpfText<TBytes> left, BpfText<TBytes> right) => !left.Equals(right);

    /// <inheritdoc cref="Equals(string?)"/>
    public static bool operator ==(BpfText<TBytes> left, string? right) => left.Equals(right);

    /// <summary>Returns whether two texts differ.</summary>
    /// <param name="left">The first text.</param>
    /// <param name="right">The second text.</param>
    public static bool operator !=(BpfText<TBytes> left, string? right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(BpfText<TBytes> other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <summary>Returns whether the text equals a string, as <see cref="ToString()"/> would return it. Allocates nothing.</summary>
    /// <param name="other">A string.</param>
    public readonly bool Equals(string? other) => other is not null && TextBuffer.EqualsUtf16(AsSpan(), other);

    /// <summary>Returns whether the text before the first NUL has exactly these bytes. Allocates nothing.</summary>
    /// <param name="utf8">Bytes, such as <c>"bash"u8</c>.</param>
    public readonly bool Equals(ReadOnlySpan<byte> utf8) => AsSpan().SequenceEqual(utf8);

    /// <summary>Returns whether the text begins with a string, compared as UTF-8. Allocates nothing.</summary>
    /// <param name="prefix">A string. Every text begins with an empty string.</param>
    public readonly bool StartsWith(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return TextBuffer.StartsWithUtf16(AsSpan(), prefix);
    }

    /// <inheritdoc/>
    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is BpfText<TBytes> other && Equals(other);

    /// <summary>Returns a hash code of the text before the first NUL.</summary>
    public override readonly int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(AsSpan());
        return hash.ToHashCode();
    }

    // The order of the bytes is the order of the Unicode code points.
    readonly int IComparable<BpfText<TBytes>>.CompareTo(BpfText<TBytes> other) => AsSpan().SequenceCompareTo(other.AsSpan());

    readonly string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    readonly bool ISpanFormattable.TryFormat(
        Span<char> destination,
        out int charsWritten,
        ReadOnlySpan<char> format,
        IFormatProvider? provider
    ) => Encoding.UTF8.TryGetChars(AsSpan(), destination, out charsWritten);

    readonly bool IUtf8SpanFormattable.TryFormat(
        Span<byte> utf8Destination,
        out int bytesWritten,
        ReadOnlySpan<char> format,
        IFormatProvider? provider
    )
    {
        ReadOnlySpan<byte> text = AsSpan();
        bytesWritten = text.TryCopyTo(utf8Destination) ? text.Length : 0;
        return bytesWritten == text.Length;
    }
}
