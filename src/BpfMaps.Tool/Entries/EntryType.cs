using BpfMaps.Metadata;
using BpfMaps.Tool.Fields;
using BpfMaps.Tool.Printing;
using BpfMaps.Tool.Types;

namespace BpfMaps.Tool.Entries;

/// <summary>The types of the keys and values of a map.</summary>
internal sealed class EntryType
{
    /// <param name="map">The map.</param>
    /// <param name="declared">Types that replace those of the kernel.</param>
    public EntryType(RawMap map, DeclaredMap? declared = null)
    {
        MapBtf.TryGetLayouts(map, out BpfTypeLayout? key, out BpfTypeLayout? value);
        key = declared?.Key ?? key;
        value = declared?.Value ?? value;
        HasTypes = key is not null || value is not null;
        Key = map.Info.Type == BpfMapType.LpmTrie ? TypedField.TrieKey(key, map.KeySize) : TypedField.Whole("key", key, map.KeySize);
        Value = TypedField.Whole("value", value, map.ValueSize);
        KeyPrinter = new(Key, isKey: true);
        ValuePrinter = new(Value, isKey: false);
        Map = map;
    }

    /// <summary>Gets whether the types of the map are known.</summary>
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
