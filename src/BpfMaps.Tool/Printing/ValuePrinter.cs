using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using BpfMaps.Metadata;
using BpfMaps.Tool.Fields;

namespace BpfMaps.Tool.Printing;

/// <summary>Writes a key or a value with the names of its fields, or as a hexadecimal number without a type.</summary>
/// <param name="whole">The key or value.</param>
/// <param name="isKey">Whether the bytes are a key, in which all bytes matter, including those after the end of a text.</param>
internal sealed class ValuePrinter(TypedField whole, bool isKey)
{
    // Nested unions repeat the same bytes. Types of a few hundred bytes can have too many views of the same byte to be readable.
    private const int ViewsOfAByte = 16;
    private const int ViewsOfAnything = 256;

    private readonly Dictionary<BpfTypeLayout, long> _views = new(ReferenceEqualityComparer.Instance);

    public void Print(ReadOnlySpan<byte> bytes, IValueOutput output) => PrintField(whole, bytes, output);

    /// <summary>Writes one field of the key or value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="bytes">The bytes of the field.</param>
    /// <param name="output">The output.</param>
    public void PrintField(TypedField field, ReadOnlySpan<byte> bytes, IValueOutput output)
    {
        if (field.Count == 0 && field.Type is { } type && ViewsIn(type) > ((long)ViewsOfAByte * type.Size) + ViewsOfAnything)
        {
            output.Bytes(bytes);
            return;
        }
        switch (field.Form)
        {
            case FieldForm.Fields:
                output.BeginObject();
                foreach (TypedField part in field.Fields)
                {
                    output.Name(part.Name);
                    PrintField(part, bytes.Slice(part.Offset, part.Size), output);
                }
                output.EndObject();
                break;
            case FieldForm.Elements:
                output.BeginArray();
                for (int index = 0; index < field.Count && field.Element.Size > 0; index++)
                    PrintField(field.Element, bytes.Slice(index * field.Element.Size, field.Element.Size), output);
                output.EndArray();
                break;
            case FieldForm.Text:
                output.Text(isKey ? CText.WithoutNulsBehind(bytes) : CText.UpToNul(bytes));
                break;
            case FieldForm.Address:
                output.Text(Encoding.ASCII.GetBytes(new IPAddress(bytes).ToString()));
                break;
            case FieldForm.HardwareAddress:
                output.Text(Encoding.ASCII.GetBytes(HardwareAddressText(bytes)));
                break;
            case FieldForm.Prefix:
                output.Text(Encoding.ASCII.GetBytes(PrefixText(bytes)));
                break;
            case FieldForm.Float when field.Size == sizeof(float):
                output.Number((float)Scalars.ReadFloat(field, bytes));
                break;
            case FieldForm.Float:
                output.Number(Scalars.ReadFloat(field, bytes));
                break;
            case FieldForm.Bytes when field.Bits is { } bits:
                output.Bytes(Scalars.ReadWideBits(bits, bytes));
                break;
            case FieldForm.Bytes:
                output.Bytes(bytes);
                break;
            case FieldForm.Boolean when bytes[0] <= 1:
                output.Boolean(bytes[0] != 0);
                break;
            case FieldForm.Enumeration when NameOf(field, bytes) is { } name:
                output.Constant(name);
                break;
            default:
                PrintInteger(Scalars.ReadInteger(field, bytes), output);
                break;
        }
    }

    private static string? NameOf(TypedField field, ReadOnlySpan<byte> bytes)
    {
        Int128 value = Scalars.ReadInteger(field, bytes);
        foreach (BpfEnumMember member in field.Type!.EnumMembers)
        {
            if (ConstantOf(field, member) == value)
                return member.Name;
        }
        return null;
    }

    /// <summary>Gets the number of a constant in the range of the field: constants of 4 bytes are stored with their sign.</summary>
    public static Int128 ConstantOf(TypedField field, BpfEnumMember member) =>
        field.Type!.Kind == BpfTypeKind.SignedEnum ? member.Value
        : field.Type.Size == sizeof(ulong) ? (ulong)member.Value
        : (uint)member.Value;

    private static void PrintInteger(Int128 value, IValueOutput output)
    {
        if (value < 0)
            output.Number((long)value);
        else
            output.Number((ulong)value);
    }

    private static string HardwareAddressText(ReadOnlySpan<byte> bytes) =>
        Convert.ToHexStringLower(bytes) is var digits
            ? string.Join(':', Enumerable.Range(0, digits.Length / 2).Select(index => digits.Substring(2 * index, 2)))
            : "";

    private static string PrefixText(ReadOnlySpan<byte> bytes)
    {
        uint length = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes[sizeof(uint)..])}/{length}");
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
}
