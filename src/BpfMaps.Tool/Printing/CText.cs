using System.Buffers;
using System.Globalization;
using System.Text;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Tool.Printing;

/// <summary>Decodes text in arrays of <c>char</c>. Different bytes always give different text.</summary>
internal static class CText
{
    /// <summary>Gets the bytes up to the first NUL, which are the text in C.</summary>
    public static ReadOnlySpan<byte> UpToNul(ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes;

    /// <summary>Gets the bytes without trailing NULs, which distinguish keys.</summary>
    public static ReadOnlySpan<byte> WithoutNulsBehind(ReadOnlySpan<byte> bytes) => bytes.TrimEnd((byte)0);

    /// <summary>Quotes text as in C#, with <c>\xff</c> for bytes that are not UTF-8.</summary>
    public static string ForPeople(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new("\"");
        foreach ((string? plain, byte invalid) in Decode(bytes))
        {
            if (plain is null)
                AppendByte(text, invalid);
            else if (plain is "\"" or "\\")
                text.Append('\\').Append(plain);
            else
                text.Append(OutsideText.Escape(plain));
        }
        return text.Append('"').ToString();
    }

    /// <summary>
    /// Decodes text for JSON. If it contains bytes that are not UTF-8, they become <c>\xff</c>, and backslashes are doubled. Backslashes
    /// are also doubled in text that would look the same.
    /// </summary>
    public static string ForJson(ReadOnlySpan<byte> bytes)
    {
        List<(string? Plain, byte Invalid)> parts = Decode(bytes);
        string text = string.Concat(parts.Select(static part => part.Plain));
        bool isPlain =
            parts.TrueForAll(static part => part.Plain is not null)
            && !text.Contains("\\x", StringComparison.Ordinal)
            && !text.Contains(@"\\", StringComparison.Ordinal);
        if (isPlain)
            return text;
        StringBuilder escaped = new();
        foreach ((string? plain, byte invalid) in parts)
        {
            if (plain is null)
                AppendByte(escaped, invalid);
            else
                escaped.Append(plain == "\\" ? @"\\" : plain);
        }
        return escaped.ToString();
    }

    /// <summary>Encodes text that a person typed: <c>\xff</c> is a byte, and <c>\\</c> a backslash.</summary>
    public static byte[] FromText(string text)
    {
        List<byte> bytes = new(text.Length);
        for (int index = 0; index < text.Length; )
        {
            int length = 1;
            if (text[index..].StartsWith(@"\x", StringComparison.Ordinal) && TryReadByte(text, index + 2, out byte value))
            {
                bytes.Add(value);
                length = 4;
            }
            else
            {
                if (text[index..].StartsWith(@"\\", StringComparison.Ordinal))
                    index++;
                length = char.IsSurrogatePair(text, index) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(index, length)));
            }
            index += length;
        }
        return [.. bytes];
    }

    /// <summary>Encodes text that <see cref="ForJson"/> has decoded.</summary>
    public static byte[] FromJson(string text) =>
        text.Contains(@"\x", StringComparison.Ordinal) || text.Contains(@"\\", StringComparison.Ordinal)
            ? FromText(text)
            : Encoding.UTF8.GetBytes(text);

    /// <summary>Splits bytes into characters and bytes that are not UTF-8.</summary>
    private static List<(string? Plain, byte Invalid)> Decode(ReadOnlySpan<byte> bytes)
    {
        List<(string? Plain, byte Invalid)> parts = [];
        while (!bytes.IsEmpty)
        {
            bool isValid = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == OperationStatus.Done;
            for (int index = 0; !isValid && index < length; index++)
                parts.Add((null, bytes[index]));
            if (isValid)
                parts.Add((rune.ToString(), 0));
            bytes = bytes[length..];
        }
        return parts;
    }

    private static bool TryReadByte(string text, int at, out byte value)
    {
        value = 0;
        return at + 2 <= text.Length
            && byte.TryParse(text.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static void AppendByte(StringBuilder text, byte value) =>
        text.Append("\\x").Append(value.ToString("x2", CultureInfo.InvariantCulture));
}
