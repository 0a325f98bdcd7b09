using System.Text.Json;
using BpfMaps.Metadata;
using BpfMaps.Tool.Fields;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Live;

/// <summary>Writes the records of a ring, one line each.</summary>
/// <param name="layout">The type; <see langword="null"/> to write bytes.</param>
/// <param name="asJson">Whether to write JSON.</param>
/// <param name="stream">The output.</param>
internal sealed class RecordPrinter(BpfTypeLayout? layout, bool asJson, Stream stream) : IDisposable
{
    private static readonly JsonWriterOptions s_compact = new() { NewLine = "\n" };

    private readonly StreamWriter _text = new(stream) { AutoFlush = true };

    public void Dispose() => _text.Dispose();

    /// <summary>Writes a record. One that is shorter than its type is written as bytes; bytes after the type follow it.</summary>
    public void Write(ReadOnlySpan<byte> record)
    {
        bool isTyped = layout is not null && record.Length >= layout.Size;
        int size = isTyped ? layout!.Size : record.Length;
        ValuePrinter printer = new(TypedField.Whole("record", isTyped ? layout : null, size), isKey: false);
        if (asJson)
        {
            using JsonOutput json = new(stream, s_compact);
            printer.Print(record[..size], json);
            return;
        }
        TextOutput text = new(_text);
        printer.Print(record[..size], text);
        // Perf samples are rounded up, and the bytes in between are undefined.
        if (record.Length - size >= 8)
            _text.Write($" 0x{Convert.ToHexStringLower(record[size..])}");
        _text.WriteLine();
    }
}
