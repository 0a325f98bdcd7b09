using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BpfMaps.Tool.Fields;

namespace BpfMaps.Tool.Entries;

/// <summary>Parses addresses and networks into the bytes of a field.</summary>
internal static class AddressText
{
    /// <exception cref="ArgumentException">The text is not an address of the field's size.</exception>
    public static void Write(TypedField field, Span<byte> bytes, string text, string path)
    {
        byte[] parsed =
            field.Form switch
            {
                FieldForm.HardwareAddress => ParseHardware(text, bytes.Length),
                FieldForm.Prefix => ParsePrefix(text, bytes.Length),
                _ => Parse(text, bytes.Length),
            } ?? throw FieldWriter.Expected(field, text, path, Example(field));
        parsed.CopyTo(bytes);
    }

    /// <summary>Parses an address: 4 bytes for IPv4, 16 for IPv6 (also of IPv4 addresses, mapped).</summary>
    /// <returns><see langword="null"/> if the text is not an address of this size.</returns>
    public static byte[]? Parse(string text, int size)
    {
        bool isComplete = text.Contains(':', StringComparison.Ordinal) || text.Count(static c => c == '.') == 3;
        if (!isComplete || !IPAddress.TryParse(text, out IPAddress? address))
            return null;
        byte[] bytes = (
            size == 16 && address.AddressFamily == AddressFamily.InterNetwork ? address.MapToIPv6() : address
        ).GetAddressBytes();
        return bytes.Length == size ? bytes : null;
    }

    private static byte[]? ParseHardware(string text, int size)
    {
        string[] parts = text.Split(':', '-');
        byte[] bytes = new byte[size];
        if (parts.Length != size)
            return null;
        for (int index = 0; index < size; index++)
        {
            if (!byte.TryParse(parts[index], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[index]))
                return null;
        }
        return bytes;
    }

    /// <summary>Parses <c>10.0.0.0/8</c>; an address alone is a network of one address.</summary>
    private static byte[]? ParsePrefix(string text, int size)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        byte[]? address = Parse(slash < 0 ? text : text[..slash], size - sizeof(uint));
        uint length = (uint)(8 * (size - sizeof(uint)));
        bool isValid =
            slash < 0
            || (uint.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out uint given) && given <= length);
        if (address is null || !isValid)
            return null;
        if (slash >= 0)
            length = uint.Parse(text.AsSpan(slash + 1), CultureInfo.InvariantCulture);
        byte[] bytes = new byte[size];
        if (BitConverter.IsLittleEndian)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, length);
        else
            BinaryPrimitives.WriteUInt32BigEndian(bytes, length);
        address.CopyTo(bytes, sizeof(uint));
        return bytes;
    }

    private static string Example(TypedField field) =>
        (field.Form, field.Size) switch
        {
            (FieldForm.HardwareAddress, _) => "an address such as 02:00:00:00:00:01",
            (FieldForm.Prefix, 8) => "a network such as 10.0.0.0/8",
            (FieldForm.Prefix, _) => "a network such as fd00::/8",
            (_, 4) => "an address such as 10.0.0.1",
            _ => "an address such as fd00::1",
        };
}
