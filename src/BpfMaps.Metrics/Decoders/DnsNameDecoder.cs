using System.Globalization;
using System.Text;

namespace BpfMaps;

/// <summary>
/// Decodes names in the format of DNS packets (<c>\3www\7example\3org\0</c>): <c>www.example.org</c>. The root is <c>.</c>.
/// </summary>
/// <remarks>
/// Truncated names are decoded up to the end of the field. Bytes other than letters, digits, <c>-</c> and <c>_</c> are
/// written as <c>\255</c>.
/// </remarks>
public sealed class DnsNameDecoder : IBpfLabelDecoder<ReadOnlySpan<byte>>
{
    private const int LongestPart = 63;

    /// <inheritdoc/>
    public string? Decode(ReadOnlySpan<byte> value)
    {
        StringBuilder name = new();
        while (!value.IsEmpty && value[0] != 0)
        {
            // The two highest bits mark a pointer into the packet, which is not available.
            int length = value[0];
            if (length > LongestPart)
                return null;
            if (name.Length > 0)
                name.Append('.');
            ReadOnlySpan<byte> part = value.Slice(1, Math.Min(length, value.Length - 1));
            foreach (byte c in part)
                Append(name, c);
            value = value[(1 + part.Length)..];
        }
        return name.Length == 0 ? "." : name.ToString();
    }

    private static void Append(StringBuilder name, byte character)
    {
        if (char.IsAsciiLetterOrDigit((char)character) || character is (byte)'-' or (byte)'_')
            name.Append((char)character);
        else
            name.Append(CultureInfo.InvariantCulture, $"\\{character:D3}");
    }
}
