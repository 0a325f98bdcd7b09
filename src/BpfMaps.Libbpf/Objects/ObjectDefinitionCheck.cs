using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Compares what an open object defines with what a class was generated from.</summary>
internal static class ObjectDefinitionCheck
{
    /// <summary>Lists every difference. Additional maps and programs of the object are allowed.</summary>
    public static List<string> Differences(
        BpfObjectFile file,
        ReadOnlySpan<(string Name, BpfMapType Type, int KeySize, int ValueSize, BpfMapSchema? Schema)> maps,
        ReadOnlySpan<string> programs
    )
    {
        List<string> differences = [];
        foreach ((string name, BpfMapType type, int keySize, int valueSize, BpfMapSchema? schema) in maps)
        {
            if (!file.TryGetMap(name, out BpfMapDefinition? map))
                differences.Add($"it has no map '{name}' (it has {List(file.Maps.Select(static found => found.Name))})");
            else
                AddDifferences(differences, map, type, keySize, valueSize, schema);
        }

        foreach (string name in programs)
        {
            if (!file.Programs.Any(program => program.Name == name))
                differences.Add($"it has no program '{name}' (it has {List(file.Programs.Select(static found => found.Name))})");
        }
        return differences;
    }

    private static void AddDifferences(
        List<string> differences,
        BpfMapDefinition map,
        BpfMapType type,
        int keySize,
        int valueSize,
        BpfMapSchema? schema
    )
    {
        if (map.Type != type)
            differences.Add($"type of map '{map.Name}' is {map.Type}, but {type} was expected");
        if (map.KeySize != keySize)
            differences.Add($"key_size of map '{map.Name}' is {map.KeySize}, but {keySize} was expected");
        if (map.ValueSize != valueSize)
            differences.Add($"value_size of map '{map.Name}' is {map.ValueSize}, but {valueSize} was expected");
        // The value of a stream is its record, which every reader chooses.
        if (schema is null || schema.Type.IsStream() || map.Type != type || map.KeySize != keySize || map.ValueSize != valueSize)
            return;

        List<string> fields = [];
        SchemaValidation.AddFieldDifferences(fields, schema, map.Key, map.Value);
        differences.AddRange(fields.Select(field => $"map '{map.Name}': {field}"));
    }

    private static string List(IEnumerable<string> names) =>
        string.Join(", ", names.Select(static name => $"'{name}'")) is { Length: > 0 } list ? list : "none";
}
