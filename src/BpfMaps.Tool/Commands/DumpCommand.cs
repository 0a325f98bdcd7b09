using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary><c>bpfmaps dump</c>: the contents of a map, as the kernel's types for it say, in hexadecimal where it has none.</summary>
internal static class DumpCommand
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    public static Command Create()
    {
        Argument<string> target = new("map") { Description = MapTarget.Description };
        Option<bool> json = new("--json") { Description = "A JSON array of objects with 'key' and 'value' (per-CPU maps: 'values', one per possible CPU)." };
        Command command = new("dump", "Prints the elements of a map.") { target, json };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(target), arguments.GetValue(json), Console.Out));
        return command;
    }

    private static int Run(string target, bool asJson, TextWriter output)
    {
        using RawMap map = MapTarget.Open(target);
        if (map.KeySize == 0)
            throw new KeyNotFoundException($"map {map} has no keys: its elements cannot be read without taking them");

        IEnumerable<JsonObject> elements = Elements(map);
        if (asJson)
            WriteJson(elements, output);
        else
            WriteText(elements, output);
        return ExitCode.Success;
    }

    private static void WriteJson(IEnumerable<JsonObject> elements, TextWriter output)
    {
        string separator = "[";
        foreach (JsonObject element in elements)
        {
            output.WriteLine(separator);
            output.Write(element.ToJsonString(s_json));
            separator = ",";
        }

        output.WriteLine(separator == "[" ? "[]" : Environment.NewLine + "]");
    }

    private static void WriteText(IEnumerable<JsonObject> elements, TextWriter output)
    {
        long count = 0;
        foreach (JsonObject element in elements)
        {
            count++;
            output.WriteLine($"{NodeText.Of(element["key"])} -> {NodeText.Of(element["value"] ?? element["values"])}");
        }

        output.WriteLine($"{count} element{(count == 1 ? "" : "s")}");
    }

    private static IEnumerable<JsonObject> Elements(RawMap map)
    {
        MapBtf.TryGetLayouts(map, out BpfTypeLayout? keyLayout, out BpfTypeLayout? valueLayout);
        byte[] value = new byte[map.PerCpuValueSize != 0 ? map.PerCpuValueSize : map.ValueSize];
        foreach (byte[] key in map.Keys.AsEnumerable())
        {
            bool found = map.PerCpuValueSize != 0 ? map.TryLookupPerCpu(key, value) : map.TryLookup(key, value);
            if (!found)
                continue; // Gone since its key was listed.
            JsonObject element = new() { ["key"] = ValueReader.Read(keyLayout, key) };
            if (map.PerCpuValueSize == 0)
                element["value"] = ValueReader.Read(valueLayout, value);
            else
                element["values"] = PerCpu(map, valueLayout, value);
            yield return element;
        }
    }

    private static JsonArray PerCpu(RawMap map, BpfTypeLayout? layout, ReadOnlySpan<byte> values)
    {
        JsonArray cpus = [];
        for (int i = 0; i < map.Host.PossibleCpuCount; i++)
        {
            JsonNode cpu = new JsonObject
            {
                ["cpu"] = map.Host.PossibleCpus[i],
                ["value"] = ValueReader.Read(layout, values.Slice(i * map.PerCpuStride, map.ValueSize)),
            };
            cpus.Add(cpu);
        }

        return cpus;
    }
}
