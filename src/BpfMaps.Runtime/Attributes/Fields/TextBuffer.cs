using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace BpfMaps;

/// <summary>The parts of <see cref="BpfText{TBytes}"/> that do not depend on the size of its buffer.</summary>
internal static class TextBuffer
{
    private const DynamicallyAccessedMemberTypes Fields =
        DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields;

    /// <summary>Checks that a type can be the buffer of a text. Returns the problem, or <see langword="null"/>.</summary>
    internal static string? Check([DynamicallyAccessedMembers(Fields)] Type type)
    {
        bool suits =
            type.IsDefined(typeof(InlineArrayAttribute), inherit: false)
            && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is [{ } element]
            && element.FieldType == typeof(byte);
        return suits
            ? null
            : $"BpfText requires an [InlineArray(n)] of byte as its buffer, but {type} is not one. Use BpfText<Bytes16>, "
                + "or declare [InlineArray(n)] struct X { private byte _first; }.";
    }

    internal static ReadOnlySpan<byte> UpToNul(ReadOnlySpan<byte> bytes)
    {
        int nul = bytes.IndexOf((byte)0);
        return nul < 0 ? bytes : bytes[..nul];
    }

    /// <summary>Compares the decoded bytes with a text, without creating a string. Invalid UTF-8 is replaced, as in decoding.</summary>
    internal static bool EqualsUtf16(ReadOnlySpan<byte> utf8, ReadOnlySpan<char> text)
    {
        if (Ascii.Equals(utf8, text))
            return true;

        Span<char> decoded = stackalloc char[128];
        while (!utf8.IsEmpty)
        {
            Utf8.ToUtf16(utf8, decoded, out int read, out int written);
            if (!text.StartsWith(decoded[..written]))
                return false;
            utf8 = utf8[read..];
            text = text[written..];
        }
        return text.IsEmpty;
    }

    /// <summary>Compares the first bytes with a text as UTF-8, without creating a string.</summary>
    internal static bool StartsWithUtf16(ReadOnlySpan<byte> utf8, ReadOnlySpan<char> prefix)
    {
        Span<byte> encoded = stackalloc byte[128];
        while (!prefix.IsEmpty)
        {
            OperationStatus status = Utf8.FromUtf16(prefix, encoded, out int read, out int written, replaceInvalidSequences: false);
            if (status == OperationStatus.InvalidData || !utf8.StartsWith(encoded[..written]))
                return false;
            utf8 = utf8[written..];
            prefix = prefix[read..];
        }
        return true;
    }

    internal static void ThrowIfNul(ReadOnlySpan<char> text)
    {
        int nul = text.IndexOf('\0');
        if (nul >= 0)
            throw new ArgumentException($"The text contains a NUL at index {nul}, which would end it on the BPF side.", nameof(text));
    }

    [DoesNotReturn]
    internal static void ThrowTooLong(int needed, int capacity, string parameter) =>
        throw new ArgumentException(
            $"The text needs {needed} bytes as UTF-8, but only {capacity} fit. Use BpfText.Truncate to cut it at the end of a character.",
            parameter
        );

    [DoesNotReturn]
    internal static void ThrowUnsuitable(string problem) => throw new NotSupportedException(problem);
}
