using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace BpfMaps;

#pragma warning disable CA1000 // Static members on a generic type: the size belongs to the type, as in BpfText<Bytes16>.Truncate(...).

/// <summary>
/// Text of a fixed size: <c>char x[n]</c> on the BPF side. It is UTF-8, padded with NUL; a text that fills all bytes has no terminating
/// NUL. For example, <c>char comm[16]</c> is <c>BpfText&lt;Bytes16&gt; Comm</c>.
/// </summary>
/// <typeparam name="TBytes">
/// An <c>[InlineArray(n)]</c> of <see cref="byte"/>: one of <see cref="Bytes8"/> to <see cref="Bytes256"/>, or a custom one.
/// </typeparam>
/// <remarks>
/// Comparing, hashing and formatting use only the text before the first NUL; the bytes that the BPF side left after it are ignored. Texts
/// that are created from strings contain only NULs there. In a key, the kernel compares all bytes.
/// </remarks>
/// <exception cref="NotSupportedException">On first use: <typeparamref name="TBytes"/> is not an inline array of bytes.</exception>
public partial struct BpfText<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)] TBytes
>
    where TBytes : unmanaged
{
    private static readonly string? s_problem = TextBuffer.Check(typeof(TBytes));

    private TBytes _bytes;

    /// <summary>Stores a text as UTF-8.</summary>
    /// <param name="text">The text, without NUL and at most <see cref="Capacity"/> bytes as UTF-8.</param>
    /// <exception cref="ArgumentException">The text is too long (the message contains its size) or contains a NUL.</exception>
    public BpfText(ReadOnlySpan<char> text)
    {
        TextBuffer.ThrowIfNul(text);
        if (!TryWrite(text))
            TextBuffer.ThrowTooLong(Encoding.UTF8.GetByteCount(text), Capacity, nameof(text));
    }

    /// <summary>Stores UTF-8 bytes up to the first NUL, or all of them.</summary>
    /// <param name="utf8">The bytes. Those from the first NUL on are ignored.</param>
    /// <exception cref="ArgumentException">The text is longer than <see cref="Capacity"/> bytes.</exception>
    public BpfText(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> text = TextBuffer.UpToNul(utf8);
        if (text.Length > Capacity)
            TextBuffer.ThrowTooLong(text.Length, Capacity, nameof(utf8));
        text.CopyTo(Buffer);
    }

    /// <summary>Gets the maximum number of UTF-8 bytes: the size of this struct.</summary>
    public static int Capacity
    {
        get
        {
            if (s_problem is not null)
                TextBuffer.ThrowUnsuitable(s_problem);
            return System.Runtime.CompilerServices.Unsafe.SizeOf<TBytes>();
        }
    }

    /// <summary>Gets the number of bytes before the first NUL, or <see cref="Capacity"/> if the text has no NUL.</summary>
    public readonly int ByteLength => AsSpan().Length;

    /// <summary>Gets a value indicating whether the text is empty.</summary>
    public readonly bool IsEmpty => ByteLength == 0;

    [UnscopedRef]
    private Span<byte> Buffer => MemoryMarshal.AsBytes(new Span<TBytes>(ref _bytes))[..Capacity];

    /// <summary>Stores a text if it fits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="result">The stored text; empty if the method returns <see langword="false"/>.</param>
    /// <returns><see langword="false"/> if the text needs more than <see cref="Capacity"/> bytes or contains a NUL.</returns>
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

    /// <summary>Stores as much of a text as fits, up to its first NUL. Never splits the UTF-8 sequence of a character.</summary>
    /// <param name="text">The text, of any length.</param>
    /// <returns>The text or its beginning.</returns>
    public static BpfText<TBytes> Truncate(ReadOnlySpan<char> text)
    {
        BpfText<TBytes> result = default;
        int nul = text.IndexOf('\0');
        result.TryWrite(nul < 0 ? text : text[..nul]);
        return result;
    }

    /// <summary>Returns the bytes of the text before the first NUL, in place. They are UTF-8 if the BPF side wrote UTF-8.</summary>
    /// <returns>A view of this struct's own memory, at most <see cref="Capacity"/> bytes.</returns>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> AsSpan() =>
        TextBuffer.UpToNul(MemoryMarshal.AsBytes(new ReadOnlySpan<TBytes>(in _bytes))[..Capacity]);

    /// <summary>Returns the text before the first NUL. Invalid UTF-8 is replaced by U+FFFD.</summary>
    public override readonly string ToString() => Encoding.UTF8.GetString(AsSpan());

    private bool TryWrite(ReadOnlySpan<char> text) =>
        System.Text.Unicode.Utf8.FromUtf16(text, Buffer, out _, out _) == System.Buffers.OperationStatus.Done;
}
