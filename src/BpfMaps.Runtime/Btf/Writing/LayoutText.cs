using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace BpfMaps.Metadata;

/// <summary>The words of layout files.</summary>
internal static class LayoutText
{
    /// <summary>The replacement for an empty name.</summary>
    private const string NoName = "-";

    private static readonly SearchValues<byte> s_plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.,:;/@~#+*-"u8
    );

    /// <summary>Names of numbers that only state size and signedness.</summary>
    private static readonly FrozenSet<string> s_plainNumbers = FrozenSet.Create(
        StringComparer.Ordinal,
        "char",
        "signed char",
        "unsigned char",
        "short",
        "short int",
        "unsigned short",
        "short unsigned int",
        "int",
        "unsigned int",
        "long",
        "long int",
        "unsigned long",
        "long unsigned int",
        "long long",
        "long long int",
        "unsigned long long",
        "long long unsigned int",
        "__int128",
        "unsigned __int128",
        "float",
        "double",
        "long double",
        "_Bool",
        "bool",
        "void *",
        "__u8",
        "__u16",
        "__u32",
        "__u64",
        "__s8",
        "__s16",
        "__s32",
        "__s64",
        "u8",
        "u16",
        "u32",
        "u64",
        "s8",
        "s16",
        "s32",
        "s64",
        "uint8_t",
        "uint16_t",
        "uint32_t",
        "uint64_t",
        "int8_t",
        "int16_t",
        "int32_t",
        "int64_t"
    );

    public static bool IsPlainNumber(string name) => name.Length == 0 || s_plainNumbers.Contains(name);

    /// <summary>Gets the kind and size of a number: <c>u32</c>, <c>s64</c>, <c>f64</c>, <c>char</c>, <c>bool</c>.</summary>
    public static string Number(BpfTypeLayout type)
    {
        string bits = (type.Size * 8).ToString(CultureInfo.InvariantCulture);
        return type.Kind switch
        {
            BpfTypeKind.Char => "char",
            BpfTypeKind.Float => "f" + bits,
            BpfTypeKind.Signed => "s" + bits,
            _ => type is { Size: 1, Name: "_Bool" or "bool" } ? "bool" : "u" + bits,
        };
    }

    /// <summary>Gets the name of a map type in <see cref="BpfMapType"/>, or the number of an unknown type.</summary>
    public static string MapType(BpfMapType type) =>
        Enum.IsDefined(type) ? type.ToString() : ((int)type).ToString(CultureInfo.InvariantCulture);

    /// <summary>A name, which may be empty.</summary>
    public static string EncodeName(string name) =>
        name switch
        {
            "" => NoName,
            NoName => "%2D",
            _ => Encode(name),
        };

    /// <summary>Encodes a word: other characters become <c>%XX</c> for each byte of their UTF-8.</summary>
    public static string Encode(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return bytes.AsSpan().ContainsAnyExcept(s_plain) ? Encode(bytes, static b => s_plain.Contains(b)) : text;
    }

    /// <summary>Encodes the rest of a line: only control characters and the percent sign.</summary>
    public static string EncodeSentence(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Encode(bytes, static b => b is >= 0x20 and not (0x7f or (byte)'%') and < 0x80);
    }

    private static string Encode(ReadOnlySpan<byte> bytes, Func<byte, bool> isPlain)
    {
        StringBuilder word = new();
        foreach (byte b in bytes)
        {
            if (isPlain(b))
                word.Append((char)b);
            else
                word.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
        return word.ToString();
    }
}
