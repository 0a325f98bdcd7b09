using System.Text.Json;

namespace BpfMaps.Tool.Printing;

/// <summary>Writes values as JSON.</summary>
internal sealed class JsonOutput(Stream stream, JsonWriterOptions options) : IValueOutput, IDisposable
{
    private const int MostPendingBytes = 1 << 16;

    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n" };

    private readonly Utf8JsonWriter _writer = new(stream, options);

    /// <summary>Writes indented JSON.</summary>
    public JsonOutput(Stream stream)
        : this(stream, s_options) { }

    public void BeginObject() => _writer.WriteStartObject();

    public void Name(string name) => _writer.WritePropertyName(name);

    public void EndObject()
    {
        _writer.WriteEndObject();
        FlushIfFull();
    }

    public void BeginArray() => _writer.WriteStartArray();

    public void EndArray()
    {
        _writer.WriteEndArray();
        FlushIfFull();
    }

    public void Number(long number) => _writer.WriteNumberValue(number);

    public void Number(ulong number) => _writer.WriteNumberValue(number);

    // JSON cannot represent infinity and NaN as numbers.
    public void Number(float number)
    {
        if (float.IsFinite(number))
            _writer.WriteNumberValue(number);
        else
            _writer.WriteStringValue(FloatText.Of(number));
    }

    public void Number(double number)
    {
        if (double.IsFinite(number))
            _writer.WriteNumberValue(number);
        else
            _writer.WriteStringValue(FloatText.Of(number));
    }

    public void Null() => _writer.WriteNullValue();

    public void Boolean(bool value) => _writer.WriteBooleanValue(value);

    public void Constant(string name) => _writer.WriteStringValue(name);

    public void Text(ReadOnlySpan<byte> bytes) => _writer.WriteStringValue(CText.ForJson(bytes));

    public void Bytes(ReadOnlySpan<byte> bytes) => _writer.WriteStringValue("0x" + Convert.ToHexStringLower(bytes));

    /// <summary>Writes a text, or null.</summary>
    public void Property(string name, string? value) => _writer.WriteString(name, value);

    /// <summary>Writes a number, or null.</summary>
    public void Property(string name, long? value)
    {
        if (value is { } number)
            _writer.WriteNumber(name, number);
        else
            _writer.WriteNull(name);
    }

    public void Property(string name, bool value) => _writer.WriteBoolean(name, value);

    public void Property(string name, IEnumerable<string> values) => _writer.WriteTexts(name, values);

    public void Dispose()
    {
        _writer.Dispose();
        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private void FlushIfFull()
    {
        if (_writer.BytesPending > MostPendingBytes)
            _writer.Flush();
    }
}
