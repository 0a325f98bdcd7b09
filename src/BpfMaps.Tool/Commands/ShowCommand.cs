using System.CommandLine;
using BpfMaps.Metadata;
using BpfMaps.Tool.Printing;
using BpfMaps.Tool.Types;

namespace BpfMaps.Tool.Commands;

/// <summary>
/// The command <c>bpfmaps show</c>, which shows the maps of an object or a loaded map, with the layouts of keys and values.
/// </summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        Argument<string> target = new("target") { Description = $"A compiled BPF object (.o). {MapTarget.Description}" };
        Option<bool> json = EntryOptions.CreateJson("One object: the properties of a loaded map, or maps and programs of an object.");
        Command command = new(
            "show",
            "Shows the maps of an object, or a loaded map: sizes, and the fields of keys and values with their offsets."
        )
        {
            target,
            json,
        };
        TypeOptions types = new(command);
        command.SetAction(arguments =>
        {
            string shown = arguments.GetRequiredValue(target);
            if (!shown.EndsWith(".o", StringComparison.Ordinal))
            {
                using RawMap map = MapTarget.Open(shown);
                return ShowMap(map, types.Declared(arguments, map), arguments.GetValue(json));
            }
            if (types.File(arguments) is not null)
                throw new ArgumentException("an object has its own types: --types is for loaded maps");
            BpfObjectFile file = BpfObjectFile.Open(shown);
            if (arguments.GetValue(json))
                ShownObject.WriteJson(file);
            else
                ShownObject.Write(file, Console.Out);
            return ExitCode.Success;
        });
        return command;
    }

    private static int ShowMap(RawMap map, DeclaredMap? declared, bool asJson)
    {
        MapBtf.TryGetLayouts(map, out BpfTypeLayout? key, out BpfTypeLayout? value);
        key = declared?.Key ?? key;
        value = declared?.Value ?? value;
        if (asJson)
            WriteJson(map, key, value);
        else
            Write(map, key, value, Console.Out);
        return ExitCode.Success;
    }

    private static void Write(RawMap map, BpfTypeLayout? key, BpfTypeLayout? value, TextWriter output)
    {
        BpfMapInfo info = map.Info;
        BpfMapUsage usage = map.GetUsage();
        output.WriteEscapedLine(
            $"map {map}: key {info.KeySize} bytes, value {info.ValueSize} bytes, max_entries {info.MaxEntries}{ShownObject.FlagText(info.Flags)}, memlock {usage.MemoryLocked}{(usage.IsFrozen ? ", frozen" : "")}"
        );
        if (key is null && value is null)
        {
            output.WriteLine("  The kernel has no types (BTF) for this map.");
            return;
        }

        LayoutDrawing.Draw("key", key, problem: null, output);
        LayoutDrawing.Draw("value", value, problem: null, output);
    }

    private static void WriteJson(RawMap map, BpfTypeLayout? key, BpfTypeLayout? value)
    {
        BpfMapInfo info = map.Info;
        BpfMapUsage usage = map.GetUsage();
        using JsonOutput json = new(Console.OpenStandardOutput());
        json.BeginObject();
        json.Property("id", info.Id);
        json.Property("type", info.Type.ToString());
        json.Property("name", info.Name);
        json.Property("keySize", info.KeySize);
        json.Property("valueSize", info.ValueSize);
        json.Property("maxEntries", info.MaxEntries);
        json.Property("flags", (long)info.Flags);
        json.Property("memory", (long)usage.MemoryLocked);
        json.Property("frozen", usage.IsFrozen);
        LayoutJson.Write("key", key, json);
        LayoutJson.Write("value", value, json);
        json.EndObject();
    }
}
