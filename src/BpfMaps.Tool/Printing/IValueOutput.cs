namespace BpfMaps.Tool.Printing;

/// <summary>What values are written to: JSON for programs, or text for people.</summary>
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

    /// <summary>Text that a C program left in a buffer; it need not be UTF-8.</summary>
    void Text(ReadOnlySpan<byte> bytes);

    /// <summary>Bytes of which nothing more is known.</summary>
    void Bytes(ReadOnlySpan<byte> bytes);
}
