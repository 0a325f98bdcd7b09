using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Printing;

/// <summary>Writes bytes according to their layout, or as a hexadecimal number without a layout.</summary>
/// <param name="isKey">Whether the bytes are a key, in which all bytes matter, including those after the end of a text.</param>
internal sealed class ValuePrinter(BpfTypeLayout? layout, bool isKey)
{
    // Nested unions repeat the same bytes. Types of a few hundred bytes can have too many views of the same byte to be readable.
    private const int ViewsOfAByte = 16;
    private const int ViewsOfAnything = 256;

    private readonly Dictionary<BpfTypeLayout, long> _views = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<BpfTypeLayout, string[]> _names = new(ReferenceEqualityComparer.Instance);

    public void Print(ReadOnlySpan<byte> bytes, IValueOutput output)
    {
        // An array is a struct without a name that has one field.
        if (layout is { Kind: BpfTypeKind.Struct, Name: "", Fields: [{ Name: "", Count: > 0 } only] })
            Print(only, bytes, output);
        else
            Print(layout, bytes, output);
    }

    private void Print(BpfTypeLayout? type, ReadOnlySpan<byte> bytes, IValueOutput output)
    {
        if (type is null || ViewsIn(type) > ((long)ViewsOfAByte * type.Size) + ViewsOfAnything)
            output.Bytes(bytes);
        else if (type.Kind is BpfTypeKind.Struct or BpfTypeKind.Union)
            PrintFields(type, bytes, output);
        else
            PrintScalar(type, bytes, output);
    }

    private void PrintFields(BpfTypeLayout type, ReadOnlySpan<byte> bytes, IValueOutput output)
    {
        output.BeginObject();
        string[] names = NamesIn(type);
        for (int index = 0; index < names.Length; index++)
        {
            output.Name(names[index]);
            Print(type.Fields[index], bytes, output);
        }
        output.EndObject();
    }

    private void Print(BpfFieldLayout field, ReadOnlySpan<byte> bytes, IValueOutput output)
    {
        ReadOnlySpan<byte> value = bytes.Slice(field.Offset, field.Size);
        if (field.BitSize != 0)
            PrintBits(field, value, output);
        else if (field.Count == 0)
            Print(field.Type, value, output);
        else if (field.Type.Kind == BpfTypeKind.Char)
            output.Text(isKey ? CText.WithoutNulsBehind(value) : CText.UpToNul(value));
        else
        {
            output.BeginArray();
            for (int index = 0; index < field.Count && field.Type.Size > 0; index++)
                Print(field.Type, value.Slice(index * field.Type.Size, field.Type.Size), output);
            output.EndArray();
        }
    }

    private static void PrintScalar(BpfTypeLayout type, ReadOnlySpan<byte> bytes, IValueOutput output)
    {
        if (type.Size > sizeof(ulong))
            output.Bytes(bytes);
        else if (
            type
            is { Kind: BpfTypeKind.Unsigned, Size: sizeof(ushort), Name: "__be16" }
                or { Kind: BpfTypeKind.Unsigned, Size: sizeof(ulong), Name: "__be64" }
        )
            output.Number(
                type.Size == sizeof(ushort) ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes)
            );
        else if (type is { Kind: BpfTypeKind.Unsigned, Size: sizeof(uint), Name: "__be32" })
            output.Text(Encoding.ASCII.GetBytes(new IPAddress(bytes).ToString()));
        else if (type is { Kind: BpfTypeKind.Float, Size: sizeof(float) })
            output.Number(BinaryPrimitives.ReadSingleLittleEndian(Little(bytes)));
        else if (type is { Kind: BpfTypeKind.Float, Size: sizeof(double) })
            output.Number(BinaryPrimitives.ReadDoubleLittleEndian(Little(bytes)));
        else
            PrintNumber(type, (ulong)Unsigned(bytes), 8 * type.Size, output);
    }

    /// <summary>
    /// Prints a bitfield. Bits are counted from the lowest bit on little-endian machines, and from the highest on big-endian machines.
    /// </summary>
    private static void PrintBits(BpfFieldLayout field, ReadOnlySpan<byte> bytes, IValueOutput output)
    {
        int behind = BitConverter.IsLittleEndian ? field.BitOffset : (8 * field.Size) - field.BitOffset - field.BitSize;
        UInt128 value = (Unsigned(bytes) >> behind) & (UInt128.MaxValue >> (128 - field.BitSize));
        if (field.BitSize > 64)
            output.Bytes(BigEndian(value, field.Type.Size));
        else
            PrintNumber(field.Type, (ulong)value, field.BitSize, output);
    }

    private static byte[] BigEndian(UInt128 value, int size)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes[(16 - size)..];
    }

    private static void PrintNumber(BpfTypeLayout type, ulong value, int bits, IValueOutput output)
    {
        if (type.Kind is BpfTypeKind.Signed or BpfTypeKind.SignedEnum)
            output.Number((long)(value << (64 - bits)) >> (64 - bits));
        else
            output.Number(value);
    }

    /// <summary>Counts the values that are printed for a type.</summary>
    private long ViewsIn(BpfTypeLayout type)
    {
        if (_views.TryGetValue(type, out long known))
            return known;
        long count = 1;
        foreach (BpfFieldLayout field in type.Fields)
        {
            bool isOne = field.Type.Kind == BpfTypeKind.Char || field.Type.Size == 0;
            count = Math.Min(int.MaxValue, count + (isOne ? 1 : Math.Max(1, field.Count) * ViewsIn(field.Type)));
        }
        _views.Add(type, count);
        return count;
    }

    /// <summary>Gets unique names of the fields.</summary>
    private string[] NamesIn(BpfTypeLayout type)
    {
        if (_names.TryGetValue(type, out string[]? known))
            return known;
        int unnamed = 0;
        Dictionary<string, int> uses = [];
        string[] names = new string[type.Fields.Count];
        for (int index = 0; index < names.Length; index++)
        {
            string name = type.Fields[index].Name is { Length: > 0 } given
                ? given
                : string.Create(CultureInfo.InvariantCulture, $"(unnamed {++unnamed})");
            int use = uses[name] = uses.GetValueOrDefault(name) + 1;
            names[index] = use == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({use})");
        }
        _names.Add(type, names);
        return names;
    }

    private static UInt128 Unsigned(ReadOnlySpan<byte> bytes)
    {
        UInt128 value = 0;
        ReadOnlySpan<byte> little = Little(bytes);
        for (int index = little.Length - 1; index >= 0; index--)
            value = (value << 8) | little[index];
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
