using System.Globalization;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Printing;

/// <summary>Writes a layout as JSON: an object with <c>type</c>, <c>size</c> and <c>fields</c>.</summary>
internal sealed class LayoutJson
{
    private readonly HashSet<BpfTypeLayout> _written = new(ReferenceEqualityComparer.Instance);
    private readonly JsonOutput _json;
    private readonly bool _isLarge;

    private LayoutJson(JsonOutput json, bool isLarge)
    {
        _json = json;
        _isLarge = isLarge;
    }

    /// <summary>Writes a property that is <see langword="null"/> if there is no layout.</summary>
    public static void Write(string name, BpfTypeLayout? layout, JsonOutput json)
    {
        json.Name(name);
        if (layout is null)
        {
            json.Null();
            return;
        }
        json.BeginObject();
        json.Property("type", layout.Name);
        json.Property("size", layout.Size);
        new LayoutJson(json, LayoutDrawing.IsLarge(layout)).WriteFields(layout, at: 0);
        json.EndObject();
    }

    /// <summary>Writes the fields of a struct or union. In large types, those of a type are written once, and then are null.</summary>
    private void WriteFields(BpfTypeLayout layout, int at)
    {
        _json.Name("fields");
        if (_isLarge && layout.Fields.Count > 0 && !_written.Add(layout))
        {
            _json.Null();
            return;
        }
        _json.BeginArray();
        foreach (BpfFieldLayout field in layout.Fields)
        {
            _json.BeginObject();
            _json.Property("name", field.Name);
            _json.Property("offset", at + field.Offset);
            _json.Property("size", field.Size);
            _json.Property("type", field.Type.Name);
            _json.Property("count", field.Count == 0 ? null : field.Count);
            _json.Property(
                "bits",
                field.BitSize == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{field.BitOffset}:{field.BitSize}")
            );
            WriteFields(field.Type, at + field.Offset);
            _json.EndObject();
        }
        _json.EndArray();
    }
}
