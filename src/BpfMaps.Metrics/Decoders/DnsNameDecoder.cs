using System.Globalization;
using System.Text;

namespace BpfMaps;

/// <summary>Reads names as they are in DNS packets (<c>\3www\7example\3org\0</c>): <c>www.example.org</c>. The root is <c>.</c>.</summary>
/// <remarks>
/// A name that is cut off by the end of the field is read as far as it goes. Bytes that are no letters, digits, <c>-</c> or <c>_</c> are
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
            // The two highest bits would be a pointer into a packet that is not here.
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
