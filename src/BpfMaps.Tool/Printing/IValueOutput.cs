namespace BpfMaps.Tool.Printing;

/// <summary>An output for values: JSON for programs, or text for people.</summary>
internal interface IValueOutput
{
    void BeginObject();

    void Name(string name);

    void EndObject();

    void BeginArray();

    void EndArray();

    void Number(long number);

    void Number(ulong number);

    void Number(float number);

    void Number(double number);

    void Boolean(bool value);

    /// <summary>Writes the name of an enumeration constant.</summary>
    void Constant(string name);

    /// <summary>Writes text from a buffer, which may not be UTF-8.</summary>
    void Text(ReadOnlySpan<byte> bytes);

    /// <summary>Writes bytes without a known type.</summary>
    void Bytes(ReadOnlySpan<byte> bytes);
}
