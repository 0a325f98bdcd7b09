using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace BpfMaps.Metadata;

/// <summary>A field of a map's key that is a label, and what makes text of it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BpfLabelSchema
{
    private readonly int _offset;
    private readonly int _size;
    private readonly Func<ReadOnlySpan<byte>, string> _text;

    private BpfLabelSchema(string name, int offset, int size, string? match, Func<ReadOnlySpan<byte>, string> text)
    {
        Name = name;
        Match = match;
        _offset = offset;
        _size = size;
        _text = text;
    }

    /// <summary>The name as it is declared.</summary>
    internal string Name { get; }

    /// <summary>The regular expression that the text must match; <see langword="null"/> if every text is exported.</summary>
    internal string? Match { get; }

    /// <summary>Makes the text of the label.</summary>
    /// <param name="key">The bytes of the key.</param>
    /// <returns>The text.</returns>
    internal string GetText(ReadOnlySpan<byte> key) => _text(key.Slice(_offset, _size));

    /// <summary>A label whose type knows its text: a number, an address, a prefix.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="offset">Where the field is in the key.</param>
    /// <param name="match">The regular expression that the text must match.</param>
    /// <returns>The label.</returns>
    public static BpfLabelSchema Number<T>(string name, int offset, string? match = null)
        where T : unmanaged => new(name, offset, Unsafe.SizeOf<T>(), match, static bytes => TextOf(MemoryMarshal.Read<T>(bytes)));

    /// <summary>A label that is an address of 4 or 16 bytes in network order.</summary>
    /// <param name="name">The name.</param>
    /// <param name="offset">Where the field is in the key.</param>
    /// <param name="size">Its bytes: 4 or 16.</param>
    /// <param name="match">The regular expression that the text must match.</param>
    /// <returns>The label.</returns>
    public static BpfLabelSchema Address(string name, int offset, int size, string? match = null) =>
        new(name, offset, size, match, static bytes => new System.Net.IPAddress(bytes).ToString());

    /// <summary>A label that is text, up to the first NUL or the end of the field.</summary>
    /// <param name="name">The name.</param>
    /// <param name="offset">Where the field is in the key.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="match">The regular expression that the text must match.</param>
    /// <returns>The label.</returns>
    public static BpfLabelSchema Text(string name, int offset, int size, string? match = null) =>
        new(
            name,
            offset,
            size,
            match,
            static bytes =>
            {
                int end = bytes.IndexOf((byte)0);
                return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
            }
        );

    /// <summary>A label that is a member of an enum; values without a member are written as numbers.</summary>
    /// <typeparam name="T">The type below the enum.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="offset">Where the field is in the key.</param>
    /// <param name="members">The texts by value.</param>
    /// <param name="match">The regular expression that the text must match.</param>
    /// <returns>The label.</returns>
    public static BpfLabelSchema Enum<T>(string name, int offset, IReadOnlyDictionary<T, string> members, string? match = null)
        where T : unmanaged =>
        new(
            name,
            offset,
            Unsafe.SizeOf<T>(),
            match,
            bytes =>
            {
                T value = MemoryMarshal.Read<T>(bytes);
                return members.TryGetValue(value, out string? text) ? text : TextOf(value);
            }
        );

    /// <summary>A label that a decoder makes text of.</summary>
    /// <typeparam name="T">The type of the field that the decoder takes.</typeparam>
    /// <typeparam name="TDecoder">The decoder.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="offset">Where the field is in the key.</param>
    /// <param name="match">The regular expression that the text must match.</param>
    /// <returns>The label.</returns>
    public static BpfLabelSchema Decoded<T, TDecoder>(string name, int offset, string? match = null)
        where T : unmanaged
        where TDecoder : IBpfLabelDecoder<T>, new() =>
        new(
            name,
            offset,
            Unsafe.SizeOf<T>(),
            match,
            static bytes =>
            {
                T value = MemoryMarshal.Read<T>(bytes);
                return Shared<TDecoder>.Instance.Decode(value) ?? TextOf(value);
            }
        );

    /// <summary>A label whose bytes a decoder makes text of.</summary>
    /// <typeparam name="TDecoder">The decoder.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="offset">Where the field is in the key.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="match">The regular expression that the text must match.</param>
    /// <returns>The label.</returns>
    public static BpfLabelSchema DecodedBytes<TDecoder>(string name, int offset, int size, string? match = null)
        where TDecoder : IBpfLabelDecoder<ReadOnlySpan<byte>>, new() =>
        new(name, offset, size, match, static bytes => Shared<TDecoder>.Instance.Decode(bytes) ?? Convert.ToHexStringLower(bytes));

    private static string TextOf<T>(T value)
        where T : unmanaged =>
        value switch
        {
            Be32 address => address.ToIPAddress().ToString(),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    /// <summary>The one instance of each decoder: what it read from the machine serves all maps.</summary>
    private static class Shared<TDecoder>
        where TDecoder : new()
    {
        public static readonly TDecoder Instance = new();
    }
}
