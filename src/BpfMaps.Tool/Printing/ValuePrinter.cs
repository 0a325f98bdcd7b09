using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace BpfMaps.Tool.Printing;

/// <summary>Turns bytes into what their layout says they are. Without a layout they are text in hexadecimal.</summary>
internal static class ValueReader
{
    public static JsonNode Read(BpfTypeLayout? layout, ReadOnlySpan<byte> bytes)
    {
        if (layout is null)
            return JsonValue.Create("0x" + Convert.ToHexStringLower(bytes))!;
        return layout.Kind is BpfTypeKind.Struct or BpfTypeKind.Union ? ReadFields(layout, bytes) : ReadScalar(layout, bytes);
    }

    private static JsonObject ReadFields(BpfTypeLayout layout, ReadOnlySpan<byte> bytes)
    {
        JsonObject fields = [];
        int unnamed = 0;
        foreach (BpfFieldLayout field in layout.Fields)
        {
            string name = field.Name.Length != 0 ? field.Name : $"(unnamed {++unnamed})";
            fields[name] = ReadField(field, bytes);
        }

        return fields;
    }

    private static JsonNode ReadField(BpfFieldLayout field, ReadOnlySpan<byte> bytes)
    {
        if (field.BitSize != 0)
            return ReadBits(field, bytes);
        ReadOnlySpan<byte> value = bytes.Slice(field.Offset, field.Size);
        if (field.Count == 0)
            return Read(field.Type, value);
        if (field.Type.Kind == BpfTypeKind.Char)
            return ReadText(value);

        JsonArray elements = [];
        for (int i = 0; i < field.Count; i++)
            elements.Add(Read(field.Type, value.Slice(i * field.Type.Size, field.Type.Size)));
        return elements;
    }

    private static JsonValue ReadText(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return JsonValue.Create(Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]));
    }

    private static JsonValue ReadScalar(BpfTypeLayout layout, ReadOnlySpan<byte> bytes) => (layout.Kind, layout.Size) switch
    {
        (BpfTypeKind.Unsigned, 2) when layout.Name == "__be16" => JsonValue.Create(BinaryPrimitives.ReadUInt16BigEndian(bytes)),
        (BpfTypeKind.Unsigned, 4) when layout.Name == "__be32" => JsonValue.Create(new IPAddress(bytes).ToString())!,
        (BpfTypeKind.Unsigned, 8) when layout.Name == "__be64" => JsonValue.Create(BinaryPrimitives.ReadUInt64BigEndian(bytes)),
        (BpfTypeKind.Float, 4) => JsonValue.Create(BinaryPrimitives.ReadSingleLittleEndian(Little(bytes))),
        (BpfTypeKind.Float, 8) => JsonValue.Create(BinaryPrimitives.ReadDoubleLittleEndian(Little(bytes))),
        (BpfTypeKind.Signed or BpfTypeKind.SignedEnum, <= 8) => JsonValue.Create(SignExtend(Unsigned(bytes), 8 * layout.Size)),
        (_, <= 8) => JsonValue.Create(Unsigned(bytes)),
        _ => JsonValue.Create("0x" + Convert.ToHexStringLower(bytes))!,
    };

    /// <summary>A bit field, counted from the lowest bit of its unit, as the machine's byte order has it.</summary>
    private static JsonValue ReadBits(BpfFieldLayout field, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> unit = bytes.Slice(field.Offset, Math.Min(field.Type.Size, bytes.Length - field.Offset));
        ulong value = Unsigned(unit) >> field.BitOffset;
        if (field.BitSize < 64)
            value &= (1UL << field.BitSize) - 1;
        return field.Type.Kind is BpfTypeKind.Signed or BpfTypeKind.SignedEnum ? JsonValue.Create(SignExtend(value, field.BitSize)) : JsonValue.Create(value);
    }

    private static long SignExtend(ulong value, int bits) => (long)(value << (64 - bits)) >> (64 - bits);

    private static ulong Unsigned(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        ReadOnlySpan<byte> little = Little(bytes);
        for (int i = little.Length - 1; i >= 0; i--)
            value = value << 8 | little[i];
        return value;
    }

    private static ReadOnlySpan<byte> Little(ReadOnlySpan<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
            return bytes;
        byte[] reversed = bytes.ToArray();
        Array.Reverse(reversed);
        return reversed;
    }
}
