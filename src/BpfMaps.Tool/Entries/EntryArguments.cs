using System.Text.Json;
using BpfMaps.Tool.Fields;

namespace BpfMaps.Tool.Entries;

/// <summary>
/// The key and the changes of a value on a command line: <c>address=10.0.0.1 port=443 bytes=1</c>, a key without a name first, or an object
/// of JSON with <c>key</c> and <c>value</c>.
/// </summary>
internal sealed class EntryArguments
{
    private readonly EntryType _type;
    private readonly HashSet<TypedField> _keyFields = [];
    private readonly List<Action<byte[]>> _valueWrites = [];
    private readonly SortedDictionary<int, List<Action<byte[]>>> _cpuWrites = [];
    private bool _hasWholeKey;

    private EntryArguments(EntryType type)
    {
        _type = type;
        Key = new byte[type.Key.Size];
    }

    public byte[] Key { get; }

    /// <summary>Gets whether the arguments change the value.</summary>
    public bool HasValue => _valueWrites.Count != 0 || _cpuWrites.Count != 0;

    /// <summary>Gets the CPUs that JSON has values for; empty if it has one value.</summary>
    public IReadOnlyCollection<int> Cpus => _cpuWrites.Keys;

    /// <summary>Parses arguments.</summary>
    /// <exception cref="ArgumentException">An argument has no field, or no valid value, or a part of the key is missing.</exception>
    public static EntryArguments Parse(EntryType type, IReadOnlyList<string> words)
    {
        EntryArguments entry = new(type);
        for (int index = 0; index < words.Count; index++)
        {
            string word = words[index];
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            if (word.StartsWith('{') && type.Key.Form != FieldForm.Fields)
                entry.AddJson(ParseJson(word));
            else if (word.StartsWith('{'))
                entry.AddObject(ParseJson(word));
            else if (equals > 0)
                entry.Assign(word[..equals], word[(equals + 1)..]);
            else if (index == 0)
                entry.Assign("key", word);
            else
                throw new ArgumentException($"'{word}' is not an assignment; expected field=value, such as {Example(type)}");
        }
        entry.CheckKey();
        return entry;
    }

    /// <summary>Takes an object as <c>dump --json</c> prints it.</summary>
    /// <exception cref="ArgumentException">It is not one of this map.</exception>
    public static EntryArguments Parse(EntryType type, JsonElement json)
    {
        EntryArguments entry = new(type);
        entry.AddJson(json);
        entry.CheckKey();
        return entry;
    }

    /// <summary>Changes a value of one CPU, or of a map that is not per-CPU.</summary>
    public void ApplyTo(byte[] value) => _valueWrites.ForEach(write => write(value));

    /// <summary>Changes the value of a CPU to the one that JSON has for it.</summary>
    public void ApplyTo(byte[] value, int cpu) => _cpuWrites[cpu].ForEach(write => write(value));

    private static JsonElement ParseJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"'{text}' is not JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Takes an entry, or the key alone.</summary>
    private void AddObject(JsonElement json)
    {
        if (json.TryGetProperty("key", out _))
            AddJson(json);
        else
            SetKey(json);
    }

    private void AddJson(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"expected an object with 'key' and 'value', not {json.ValueKind}");
        foreach (JsonProperty property in json.EnumerateObject())
        {
            switch (property.Name)
            {
                case "key":
                    SetKey(property.Value);
                    break;
                case "value":
                    JsonElement whole = property.Value;
                    _valueWrites.Add(value => FieldWriter.WriteJson(_type.Value, value, whole, "value"));
                    break;
                case "values" when _type.Map.PerCpuValueSize != 0:
                    AddCpus(property.Value);
                    break;
                default:
                    throw new ArgumentException(
                        $"the object has '{property.Name}'; expected 'key' and 'value', or 'values' for per-CPU maps"
                    );
            }
        }
    }

    private void AddCpus(JsonElement values)
    {
        foreach (JsonElement item in values.EnumerateArray())
        {
            if (
                item.ValueKind != JsonValueKind.Object
                || !item.TryGetProperty("cpu", out JsonElement cpu)
                || !cpu.TryGetInt32(out int number)
                || !item.TryGetProperty("value", out JsonElement whole)
            )
                throw new ArgumentException("'values' must be an array of objects with 'cpu' and 'value'");
            if (!_cpuWrites.TryGetValue(number, out List<Action<byte[]>>? writes))
                _cpuWrites.Add(number, writes = []);
            writes.Add(value => FieldWriter.WriteJson(_type.Value, value, whole, $"values[cpu {number}]"));
        }
    }

    private void SetKey(JsonElement json)
    {
        FieldWriter.WriteJson(_type.Key, Key, json, "key");
        if (json.ValueKind != JsonValueKind.Object)
            _hasWholeKey = true;
        else
            _keyFields.UnionWith(_type.Key.Fields.Where(field => json.TryGetProperty(field.Name, out _)));
    }

    private void Assign(string path, string text)
    {
        FieldPlace place = FieldPlace.Find(_type, path);
        if (!place.IsInKey)
        {
            _valueWrites.Add(value => FieldWriter.Write(place.Field, value.AsSpan(place.Offset, place.Field.Size), text, path));
            // Says what is wrong before anything is read or written.
            FieldWriter.Write(place.Field, new byte[place.Field.Size], text, path);
            return;
        }
        FieldWriter.Write(place.Field, Key.AsSpan(place.Offset, place.Field.Size), text, path);
        if (place.Field == _type.Key)
            _hasWholeKey = true;
        else
            _keyFields.UnionWith(_type.Key.Fields.Where(field => Covers(field, place)));
    }

    private static bool Covers(TypedField field, FieldPlace place) =>
        place.Offset >= field.Offset && place.Offset < field.Offset + Math.Max(1, field.Size);

    private void CheckKey()
    {
        if (_hasWholeKey || _type.Key.Size == 0)
            return;
        string[] missing =
        [
            .. _type
                .Key.Fields.Where(field => !_keyFields.Contains(field) && !field.IsPadding && field.Size != 0)
                .Where(field => _type.Key.Type!.Kind != Metadata.BpfTypeKind.Union || _keyFields.Count == 0)
                .Select(static field => field.Name),
        ];
        if (missing.Length != 0 || _type.Key.Fields.Count == 0)
            throw new ArgumentException(
                missing.Length == 0 || _keyFields.Count == 0
                    ? $"the key is missing; expected {Example(_type)}"
                    : $"the key lacks {string.Join(", ", missing)}; every field of a key must be given"
            );
    }

    private static string Example(EntryType type)
    {
        TypedField[] named = [.. type.Key.Fields.Where(static field => !field.IsPadding && !field.IsAnonymous)];
        return type.Key.Form == FieldForm.Prefix ? "a network such as key=10.0.0.0/8"
            : named.Length == 0 ? "key=..."
            : string.Join(' ', named.Take(4).Select(static field => $"{field.Name}=..."));
    }
}
