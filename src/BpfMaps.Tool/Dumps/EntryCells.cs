using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Fields;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Dumps;

/// <summary>The columns of tables and CSV: one for each field of the key and the value.</summary>
internal sealed class EntryCells
{
    private readonly EntryType _type;
    private readonly EntryPrinter _printer;
    private readonly List<(TypedField Field, bool IsInKey, int Offset)> _columns = [];

    public EntryCells(EntryType type, EntryPrinter printer)
    {
        _type = type;
        _printer = printer;
        AddColumns(type.Key, isInKey: true, 0);
        int keyColumns = _columns.Count;
        AddColumns(type.Value, isInKey: false, 0);
        string[] names = [.. _columns.Select(static column => column.Field.Name)];
        HashSet<string> repeated =
        [
            .. names.GroupBy(static name => name).Where(static group => group.Count() > 1).Select(static g => g.Key),
        ];
        Headers =
        [
            .. printer.ShowsEachCpu ? ["cpu"] : Array.Empty<string>(),
            .. names.Select((name, index) => repeated.Contains(name) ? $"{(index < keyColumns ? "key" : "value")}.{name}" : name),
        ];
    }

    public string[] Headers { get; }

    /// <summary>Gets the rows of an entry: one, or one for each possible CPU.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="isQuoted">Whether text has quotation marks.</param>
    public IEnumerable<string[]> RowsOf(Entry entry, bool isQuoted)
    {
        if (!_printer.ShowsEachCpu)
        {
            byte[] value = _printer.ValueOf(entry).ToArray();
            yield return [.. Cells(entry.Key.ToArray(), value, isQuoted)];
            yield break;
        }
        RawMap map = _type.Map;
        for (int index = 0; index < map.Host.PossibleCpuCount; index++)
        {
            byte[] value = entry.Value.Slice(index * map.PerCpuStride, map.ValueSize).ToArray();
            string cpu = map.Host.PossibleCpus[index].ToString(System.Globalization.CultureInfo.InvariantCulture);
            yield return [cpu, .. Cells(entry.Key.ToArray(), value, isQuoted)];
        }
    }

    private IEnumerable<string> Cells(byte[] key, byte[] value, bool isQuoted) =>
        _columns.Select(column => Cell(column, column.IsInKey ? key : value, isQuoted));

    private string Cell((TypedField Field, bool IsInKey, int Offset) column, byte[] bytes, bool isQuoted)
    {
        ReadOnlySpan<byte> part = bytes.AsSpan(column.Offset, column.Field.Size);
        if (column.Field.Form == FieldForm.Text && !isQuoted)
            return CText.ForJson(column.IsInKey ? CText.WithoutNulsBehind(part) : CText.UpToNul(part));
        using StringWriter text = new();
        TextOutput output = new(text);
        (column.IsInKey ? _type.KeyPrinter : _type.ValuePrinter).PrintField(column.Field, part, output);
        string cell = text.ToString();
        bool isAddress = column.Field.Form is FieldForm.Address or FieldForm.HardwareAddress or FieldForm.Prefix;
        return isAddress ? cell.Trim('"') : cell;
    }

    /// <summary>Adds the fields of structs as columns, also those of nested structs; unions and arrays are one column.</summary>
    private void AddColumns(TypedField field, bool isInKey, int offset)
    {
        if (field.Form != FieldForm.Fields || field.Type!.Kind == Metadata.BpfTypeKind.Union || field.Fields.Count == 0)
        {
            _columns.Add((field, isInKey, offset));
            return;
        }
        foreach (TypedField part in field.Fields)
        {
            if (!part.IsPadding)
                AddColumns(part, isInKey, offset + part.Offset);
        }
    }
}
