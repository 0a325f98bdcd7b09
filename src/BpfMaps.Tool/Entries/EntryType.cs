using BpfMaps.Metadata;
using BpfMaps.Tool.Fields;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Entries;

/// <summary>The types of the keys and values of a map.</summary>
internal sealed class EntryType
{
    public EntryType(RawMap map)
    {
        HasTypes = MapBtf.TryGetLayouts(map, out BpfTypeLayout? key, out BpfTypeLayout? value);
        Key = map.Info.Type == BpfMapType.LpmTrie ? TypedField.TrieKey(key, map.KeySize) : TypedField.Whole("key", key, map.KeySize);
        Value = TypedField.Whole("value", value, map.ValueSize);
        KeyPrinter = new(Key, isKey: true);
        ValuePrinter = new(Value, isKey: false);
        Map = map;
    }

    /// <summary>Gets whether the kernel has the types of the map.</summary>
    public bool HasTypes { get; }

    public RawMap Map { get; }

    public TypedField Key { get; }

    /// <summary>The value; for per-CPU maps, of one CPU.</summary>
    public TypedField Value { get; }

    public ValuePrinter KeyPrinter { get; }

    public ValuePrinter ValuePrinter { get; }

    /// <summary>Gets a key as text on one line.</summary>
    public string KeyText(ReadOnlySpan<byte> key) => Text(KeyPrinter, key);

    /// <summary>Gets a value of one CPU as text on one line.</summary>
    public string ValueText(ReadOnlySpan<byte> value) => Text(ValuePrinter, value);

    private static string Text(ValuePrinter printer, ReadOnlySpan<byte> bytes)
    {
        using StringWriter text = new();
        printer.Print(bytes, new TextOutput(text));
        return text.ToString();
    }
}
