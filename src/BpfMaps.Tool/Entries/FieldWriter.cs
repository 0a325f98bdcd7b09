using System.Globalization;
using System.Text.Json;
using BpfMaps.Metadata;
using BpfMaps.Tool.Fields;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Entries;

/// <summary>Writes what people type, or JSON as <c>dump</c> prints it, into the bytes of a field.</summary>
internal static class FieldWriter
{
    /// <summary>Writes text: a number, an address, the name of a constant, text, or JSON for structs and arrays.</summary>
    /// <param name="field">The field.</param>
    /// <param name="bytes">The bytes of the field.</param>
    /// <param name="text">The text.</param>
    /// <param name="path">The name of the field for messages.</param>
    /// <exception cref="ArgumentException">The text is not one of the field.</exception>
    public static void Write(TypedField field, Span<byte> bytes, string text, string path)
    {
        switch (field.Form)
        {
            case FieldForm.Fields or FieldForm.Elements:
                WriteJson(field, bytes, ParseJson(field, text, path), path);
                break;
            case FieldForm.Text:
                WriteText(field, bytes, CText.FromText(text), path);
                break;
            case FieldForm.Bytes:
                WriteBytes(field, bytes, text, path);
                break;
            case FieldForm.Address or FieldForm.HardwareAddress or FieldForm.Prefix:
                AddressText.Write(field, bytes, text, path);
                break;
            case FieldForm.Float:
                double number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
                    ? parsed
                    : throw Expected(field, text, path, "a number such as 0.5");
                Scalars.WriteFloat(field, bytes, number);
                break;
            default:
                WriteInteger(field, bytes, text, path);
                break;
        }
    }

    /// <summary>Writes a value of JSON. Fields that an object does not have keep their bytes.</summary>
    /// <exception cref="ArgumentException">The value is not one of the field.</exception>
    public static void WriteJson(TypedField field, Span<byte> bytes, JsonElement json, string path)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object when field.Form == FieldForm.Fields || (field.Form == FieldForm.Prefix && field.Fields.Count != 0):
                foreach (JsonProperty property in json.EnumerateObject())
                    WriteProperty(field, bytes, property, path);
                break;
            case JsonValueKind.Array when field.Count != 0 && field.Form != FieldForm.Text:
                WriteElements(field, bytes, json, path);
                break;
            case JsonValueKind.String when field.Form == FieldForm.Text:
                WriteText(field, bytes, CText.FromJson(json.GetString()!), path);
                break;
            case JsonValueKind.String when field.Form is not (FieldForm.Fields or FieldForm.Elements):
                Write(field, bytes, json.GetString()!, path);
                break;
            case JsonValueKind.Number
            or JsonValueKind.True
            or JsonValueKind.False when field.Form is not (FieldForm.Fields or FieldForm.Elements or FieldForm.Text):
                Write(field, bytes, json.GetRawText(), path);
                break;
            default:
                throw Expected(field, Shorten(json.GetRawText()), path, JsonFormOf(field));
        }
    }

    /// <summary>Parses an integer: <c>443</c>, <c>-1</c>, <c>0x1bb</c>, <c>0b101</c>, <c>1_000_000</c>.</summary>
    public static bool TryParseInteger(string text, out Int128 value)
    {
        string digits = text.Replace("_", "", StringComparison.Ordinal);
        bool isNegative = digits.StartsWith('-');
        if (isNegative)
            digits = digits[1..];
        bool isParsed =
            digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                ? Int128.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : digits.StartsWith("0b", StringComparison.OrdinalIgnoreCase)
                ? Int128.TryParse(digits.AsSpan(2), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out value)
            : Int128.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        if (isNegative)
            value = -value;
        return isParsed;
    }

    /// <summary>Describes a text that is not one of a field.</summary>
    public static ArgumentException Expected(TypedField field, string text, string path, string expected) =>
        new($"{path}: '{text}' is not valid for {field.TypeName}; expected {expected}");

    private static void WriteInteger(TypedField field, Span<byte> bytes, string text, string path)
    {
        if (!TryReadInteger(field, text, out Int128 value))
            throw Expected(field, text, path, Examples(field));
        (Int128 least, Int128 most) = Scalars.Range(field);
        if (field.Form == FieldForm.Boolean)
            most = 1;
        if (value < least || value > most)
            throw new ArgumentException($"{path}: {text} is out of range for {field.TypeName}: {least} to {most}");
        Scalars.WriteInteger(field, bytes, value);
    }

    private static bool TryReadInteger(TypedField field, string text, out Int128 value)
    {
        if (TryParseInteger(text, out value))
            return true;
        switch (field.Form)
        {
            case FieldForm.Boolean when text is "true" or "false":
                value = text == "true" ? 1 : 0;
                return true;
            case FieldForm.Enumeration:
                BpfEnumMember[] named = Named(field, text);
                if (named.Length != 0)
                    value = ValuePrinter.ConstantOf(field, named[0]);
                return named.Length != 0;
            case FieldForm.Number when field.Type?.Kind == BpfTypeKind.Char && text.Length == 1 && char.IsAscii(text[0]):
                value = text[0];
                return true;
            default:
                return false;
        }
    }

    /// <summary>Finds the constants with a name; without regard to case if only one fits.</summary>
    private static BpfEnumMember[] Named(TypedField field, string name)
    {
        BpfEnumMember[] exact = [.. field.Type!.EnumMembers.Where(member => member.Name == name)];
        BpfEnumMember[] similar =
            exact.Length != 0
                ? exact
                : [.. field.Type.EnumMembers.Where(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        return similar.Length == 1 || exact.Length != 0 ? similar : [];
    }

    private static string Examples(TypedField field)
    {
        const int MostMembers = 20;
        if (field.Form == FieldForm.Boolean)
            return "true or false";
        if (field.Form != FieldForm.Enumeration || field.Type!.EnumMembers.Count == 0)
            return "a number such as 443 or 0x1bb";
        string members = string.Join(", ", field.Type.EnumMembers.Take(MostMembers).Select(static member => member.Name));
        return $"a number or one of {members}{(field.Type.EnumMembers.Count > MostMembers ? ", ..." : "")}";
    }

    private static void WriteText(TypedField field, Span<byte> bytes, byte[] text, string path)
    {
        if (text.Length > bytes.Length)
            throw new ArgumentException($"{path}: the text has {text.Length} bytes, but {field.TypeName} holds at most {bytes.Length}");
        bytes.Clear();
        text.CopyTo(bytes);
    }

    /// <summary>Writes hexadecimal digits in the order of the bytes, as they are printed, or a number of up to 8 bytes.</summary>
    private static void WriteBytes(TypedField field, Span<byte> bytes, string text, string path)
    {
        string digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? text[2..].Replace("_", "", StringComparison.Ordinal)
            : "";
        if (digits.Length == 2 * bytes.Length && field.Bits is null && digits.All(char.IsAsciiHexDigit))
        {
            Convert.FromHexString(digits).CopyTo(bytes);
            return;
        }
        bool isNumber = digits.Length == 0 && bytes.Length is 1 or 2 or 4 or 8 && TryParseInteger(text, out _);
        if (!isNumber)
            throw Expected(
                field,
                Shorten(text),
                path,
                $"0x and {2 * bytes.Length} hexadecimal digits, the bytes in order{(bytes.Length is 1 or 2 or 4 or 8 ? ", or a decimal number" : "")}"
            );
        TypedField number = TypedField.Whole("", NumberOf(bytes.Length), bytes.Length);
        WriteInteger(number, bytes, text, path);
    }

    private static BpfTypeLayout NumberOf(int size) =>
        size switch
        {
            1 => BpfTypeLayout.Of<byte>(),
            2 => BpfTypeLayout.Of<ushort>(),
            4 => BpfTypeLayout.Of<uint>(),
            _ => BpfTypeLayout.Of<ulong>(),
        };

    private static void WriteProperty(TypedField field, Span<byte> bytes, JsonProperty property, string path)
    {
        TypedField part =
            field.Fields.FirstOrDefault(part => part.Name == property.Name)
            ?? throw new ArgumentException(
                $"{path} has no field '{property.Name}'; its fields: {string.Join(", ", field.Fields.Select(static part => part.Name))}"
            );
        WriteJson(part, bytes.Slice(part.Offset, part.Size), property.Value, $"{path}.{part.Name}");
    }

    private static void WriteElements(TypedField field, Span<byte> bytes, JsonElement json, string path)
    {
        int count = json.GetArrayLength();
        if (count > field.Count)
            throw new ArgumentException($"{path}: {count} elements, but {field.TypeName} has {field.Count}");
        bytes.Clear();
        int index = 0;
        foreach (JsonElement element in json.EnumerateArray())
        {
            WriteJson(field.Element, bytes.Slice(index * field.Element.Size, field.Element.Size), element, $"{path}[{index}]");
            index++;
        }
    }

    private static JsonElement ParseJson(TypedField field, string text, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Expected(field, Shorten(text), path, JsonFormOf(field));
        }
    }

    private static string JsonFormOf(TypedField field) =>
        field.Form switch
        {
            FieldForm.Fields when field.Fields.Count != 0 => $"JSON such as {{\"{field.Fields[0].Name}\": ...}}",
            FieldForm.Elements => $"a JSON array of up to {field.Count} elements",
            FieldForm.Text => "a string",
            _ => "a number or a string",
        };

    private static string Shorten(string text) => text.Length > 60 ? string.Concat(text.AsSpan(0, 60), "...") : text;
}
