using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace BpfMaps;

#pragma warning disable CA1000 // Static members on a generic type: the size is the type's, and BpfText<Bytes16>.Truncate(...) reads as it should.

/// <summary>
/// Text of a fixed size: <c>char x[n]</c> on the BPF side. UTF-8, padded with NUL; a text that fills all bytes has no NUL at its end.
/// <c>char comm[16]</c> is <c>BpfText&lt;Bytes16&gt; Comm</c>.
/// </summary>
/// <typeparam name="TBytes">
/// An <c>[InlineArray(n)]</c> of <see cref="byte"/>: one of <see cref="Bytes8"/> to <see cref="Bytes256"/> or one of your own.
/// </typeparam>
/// <remarks>
/// Comparing, hashing and printing look at the text up to the first NUL only: what the BPF side left behind it does not count. What is made here
/// from a string has nothing but NUL there. As part of a key the kernel compares all bytes.
/// </remarks>
/// <exception cref="NotSupportedException">On first use: <typeparamref name="TBytes"/> is not an inline array of bytes.</exception>
public partial struct BpfText<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)] TBytes>
    where TBytes : unmanaged
{
    private static readonly string? s_problem = TextBuffer.Check(typeof(TBytes));

    private TBytes _bytes;

    /// <summary>Stores a text as UTF-8.</summary>
    /// <param name="text">The text; no NUL in it, and at most <see cref="Capacity"/> bytes as UTF-8.</param>
    /// <exception cref="ArgumentException">It is too long (the message says how long), or it has a NUL in it.</exception>
    public BpfText(ReadOnlySpan<char> text)
    {
        TextBuffer.ThrowIfNul(text);
        if (!TryWrite(text))
            TextBuffer.ThrowTooLong(Encoding.UTF8.GetByteCount(text), Capacity, nameof(text));
    }

    /// <inheritdoc cref="BpfText{TBytes}(ReadOnlySpan{char})"/>
    public BpfText(string text)
        : this((text ?? throw new ArgumentNullException(nameof(text))).AsSpan())
    {
    }

    /// <summary>Stores UTF-8 bytes up to the first NUL, or all of them.</summary>
    /// <param name="utf8">The bytes; those from the first NUL on are left out.</param>
    /// <exception cref="ArgumentException">The text is longer than <see cref="Capacity"/> bytes.</exception>
    public BpfText(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> text = TextBuffer.UpToNul(utf8);
        if (text.Length > Capacity)
            TextBuffer.ThrowTooLong(text.Length, Capacity, nameof(utf8));
        text.CopyTo(Buffer);
    }

    /// <summary>How many bytes of UTF-8 fit: the size of this struct.</summary>
    public static int Capacity
    {
        get
        {
            if (s_problem is not null)
                TextBuffer.ThrowUnsuitable(s_problem);
            return System.Runtime.CompilerServices.Unsafe.SizeOf<TBytes>();
        }
    }

    /// <summary>How many bytes the text has: up to the first NUL, or <see cref="Capacity"/>.</summary>
    public readonly int ByteLength => AsSpan().Length;

    /// <summary>Whether the text has no byte.</summary>
    public readonly bool IsEmpty => ByteLength == 0;

    [UnscopedRef]
    private Span<byte> Buffer => MemoryMarshal.AsBytes(new Span<TBytes>(ref _bytes))[..Capacity];

    /// <summary>Stores a text if it fits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="result">The stored text; empty where the result is <see langword="false"/>.</param>
    /// <returns><see langword="false"/> if the text needs more than <see cref="Capacity"/> bytes or has a NUL in it.</returns>
    public static bool TryCreate(ReadOnlySpan<char> text, out BpfText<TBytes> result)
    {
        result = default;
        if (text.Contains('\0') || !result.TryWrite(text))
        {
            result = default;
            return false;
        }
        return true;
    }

    /// <summary>Stores as much of a text as fits: up to its first NUL, and never a part of a character's UTF-8 sequence.</summary>
    /// <param name="text">The text, of any length.</param>
    /// <returns>The text or its beginning.</returns>
    public static BpfText<TBytes> Truncate(ReadOnlySpan<char> text)
    {
        BpfText<TBytes> result = default;
        int nul = text.IndexOf('\0');
        result.TryWrite(nul < 0 ? text : text[..nul]);
        return result;
    }

    /// <summary>The bytes of the text up to the first NUL, in place: UTF-8 if the BPF side wrote UTF-8.</summary>
    /// <returns>A view of this struct's own memory, at most <see cref="Capacity"/> bytes.</returns>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> AsSpan()
        => TextBuffer.UpToNul(MemoryMarshal.AsBytes(new ReadOnlySpan<TBytes>(in _bytes))[..Capacity]);

    /// <summary>The text up to the first NUL. Bytes that are no UTF-8 become U+FFFD.</summary>
    public override readonly string ToString() => Encoding.UTF8.GetString(AsSpan());

    private bool TryWrite(ReadOnlySpan<char> text)
        => System.Text.Unicode.Utf8.FromUtf16(text, Buffer, out _, out _) == System.Buffers.OperationStatus.Done;
}
