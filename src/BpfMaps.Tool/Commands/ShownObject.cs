using BpfMaps.Metadata;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The output of <c>bpfmaps show x.bpf.o</c>.</summary>
internal static class ShownObject
{
    public static void Write(BpfObjectFile file, TextWriter output)
    {
        foreach (string refusal in file.Refusals)
            output.WriteEscapedLine($"libbpf rejects the object: {refusal}");
        foreach (BpfMapDefinition map in file.Maps)
        {
            output.WriteEscapedLine(
                $"map {map}: key {map.KeySize} bytes, value {map.ValueSize} bytes, max_entries {map.MaxEntries}{FlagText(map.Flags)}{(map.Pinning == BpfMapPinning.ByName ? ", pinned by name" : "")}"
            );
            foreach (string refusal in RefusalsOf(map))
                output.WriteEscapedLine($"  libbpf rejects the map: {refusal}");
            if (map.IsVariables)
            {
                foreach (BpfVariableDefinition variable in map.Variables)
                    output.WriteEscapedLine($"  {variable}");
            }
            else
            {
                LayoutDrawing.Draw("key", map.Key, map.KeyProblem, output);
                LayoutDrawing.Draw("value", map.Value, map.ValueProblem, output);
            }

            output.WriteLine();
        }

        foreach (BpfProgramDefinition program in file.Programs)
            output.WriteEscapedLine($"program {program.Name} in {program.Section}");
    }

    public static void WriteJson(BpfObjectFile file)
    {
        using JsonOutput json = new(Console.OpenStandardOutput());
        json.BeginObject();
        json.Property("problems", file.Refusals);
        json.Name("maps");
        json.BeginArray();
        foreach (BpfMapDefinition map in file.Maps)
            WriteMap(map, json);
        json.EndArray();
        json.Name("programs");
        json.BeginArray();
        foreach (BpfProgramDefinition program in file.Programs)
        {
            json.BeginObject();
            json.Property("name", program.Name);
            json.Property("section", program.Section);
            json.EndObject();
        }
        json.EndArray();
        json.EndObject();
    }

    public static string FlagText(BpfMapFlags flags) => flags == BpfMapFlags.None ? "" : $", flags {flags}";

    private static void WriteMap(BpfMapDefinition map, JsonOutput json)
    {
        json.BeginObject();
        json.Property("type", map.Type.ToString());
        json.Property("name", map.Name);
        json.Property("keySize", map.KeySize);
        json.Property("valueSize", map.ValueSize);
        json.Property("maxEntries", map.MaxEntries);
        json.Property("flags", (long)map.Flags);
        json.Property("pinnedByName", map.Pinning == BpfMapPinning.ByName);
        LayoutJson.Write("key", map.Key, json);
        LayoutJson.Write("value", map.Value, json);
        json.Name("variables");
        json.BeginArray();
        foreach (BpfVariableDefinition variable in map.Variables)
        {
            json.BeginObject();
            json.Property("name", variable.Name);
            json.Property("offset", variable.Offset);
            json.Property("size", variable.Size);
            json.Property("type", variable.Field?.Type.Name);
            json.EndObject();
        }
        json.EndArray();
        json.Property("problems", RefusalsOf(map).Concat(new[] { map.KeyProblem, map.ValueProblem }.OfType<string>()));
        json.EndObject();
    }

    private static IEnumerable<string> RefusalsOf(BpfMapDefinition map) => map.Refusals.Concat(map.InnerMap?.Refusals ?? []);
}
