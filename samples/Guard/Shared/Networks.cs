using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Guard;

/// <summary>Networks as text: <c>192.0.2.1</c>, <c>192.0.2.0/24</c>, <c>2001:db8::/32</c>.</summary>
internal static class Networks
{
    public static bool TryParse(string text, out IPNetwork network)
    {
        network = default;
        string[] parts = text.Split('/');
        // IPAddress also accepts '10.1' and '1', which are never meant here.
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out IPAddress? address) || !(text.Contains(':') || text.Count('.') == 3))
            return false;
        int bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        int length = bits;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits))
            return false;

        byte[] bytes = address.GetAddressBytes();
        for (int bit = length; bit < bits; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        network = new IPNetwork(new IPAddress(bytes), length);
        return true;
    }

    private static int Count(this string text, char character) => text.AsSpan().Count(character);
}
